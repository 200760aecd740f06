"""A municipality's own project: what a new folder holds, and which settings fit its survey."""

from trygghet.pipeline.new_project.contents import NewProject, planned_files
from trygghet.pipeline.new_project.fitting import enter_wave
from trygghet.pipeline.new_project.laying_out import lay_out

__all__ = ["NewProject", "enter_wave", "lay_out", "planned_files"]
