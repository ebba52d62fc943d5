"""Who has nothing to do with the job, as the pipeline knows them."""

from tests.app.pipeline.conftest import outsider

__all__ = ["outsider"]
