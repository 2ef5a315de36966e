"""Static files under names that bear their hash, so that a browser may keep them for ever, JavaScript modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it comes without types
    """Also rewrites what modules import from each other."""

    support_js_module_import_aggregation = True
    manifest_strict = True
