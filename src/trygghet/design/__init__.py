"""The sampling design and every variance that follows from it."""

from trygghet.design.covariance import SampleArrays, linearised_covariance
from trygghet.design.domains import DomainPlan, plan_domains
from trygghet.design.frame_columns import FrameColumns
from trygghet.design.hadamard import hadamard
from trygghet.design.making_replicates import ReplicateOptions
from trygghet.design.open_sample import OpenSample
from trygghet.design.reading import DesignColumns
from trygghet.design.replicates import Replicates
from trygghet.design.survey_design import SurveyDesign

__all__ = [
    "DesignColumns",
    "DomainPlan",
    "FrameColumns",
    "OpenSample",
    "ReplicateOptions",
    "Replicates",
    "SampleArrays",
    "SurveyDesign",
    "hadamard",
    "linearised_covariance",
    "plan_domains",
]
