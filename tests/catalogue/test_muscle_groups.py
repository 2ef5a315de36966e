"""Every muscle counts towards exactly one group, and a secondary target counts half."""

from pathlib import Path

import pytest

from supple.anatomy import Muscle, MuscleGroup
from supple.catalogue import CatalogueError, load, read
from supple.catalogue.reader import HERE


def test_every_muscle_has_a_group_and_every_group_a_muscle() -> None:
    groups = load().groups

    assert set(groups) == set(Muscle)
    assert set(groups.values()) == set(MuscleGroup)


def test_secondary_targets_count_half() -> None:
    shares = load().group_shares(load().stretch("half_kneeling_hip_flexor"))

    assert shares == {MuscleGroup.HIP_FLEXORS: 1.0, MuscleGroup.QUADRICEPS: 0.5, MuscleGroup.OUTER_HIP: 0.5}


def test_a_group_of_primary_and_secondary_muscles_counts_in_full() -> None:
    shares = load().group_shares(load().stretch("standing_side_bend"))

    assert set(shares.values()) <= {0.5, 1.0}
    assert shares[MuscleGroup.LATS] == 1.0


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('hip_flexors = ["psoas major", ', "hip_flexors = [", "'psoas major' is in no group; add it to one."),
        ("lats = [", 'lats = ["soleus", ', "'soleus' is in lats and calves; keep one."),
        ("secondary_share = 0.5", "secondary_share = 5", "'secondary_share' is 5.0; write a number from 0 to 1."),
    ],
    ids=["a muscle without a group", "a muscle in two groups", "a share above one"],
)
def test_what_is_wrong_with_the_groups_is_named(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    groups = (HERE / "muscle_groups.toml").read_text(encoding="utf-8")
    (tmp_path / "stretches").mkdir()
    (tmp_path / "stretches/soleus_wall.toml").write_bytes((HERE / "stretches/soleus_wall.toml").read_bytes())
    (tmp_path / "muscle_groups.toml").write_text(groups.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(CatalogueError) as caught:
        read(tmp_path)

    assert str(caught.value) == f"muscle_groups.toml: {message}"


def test_two_stretches_share_no_name(tmp_path: Path) -> None:
    soleus = (HERE / "stretches/soleus_wall.toml").read_text(encoding="utf-8")
    (tmp_path / "stretches").mkdir()
    (tmp_path / "stretches/soleus_wall.toml").write_text(soleus, encoding="utf-8")
    (tmp_path / "stretches/my_stretch.toml").write_text(
        soleus.replace("soleus_wall", "my_stretch", 1), encoding="utf-8"
    )
    (tmp_path / "muscle_groups.toml").write_bytes((HERE / "muscle_groups.toml").read_bytes())

    with pytest.raises(CatalogueError, match=r"soleus_wall\.toml: '.+' names my_stretch\.toml too; give one of them"):
        read(tmp_path)
