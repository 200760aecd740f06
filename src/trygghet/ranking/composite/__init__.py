"""Composite priority over pillars: declared sources, weights and goalposts, with sampling and method uncertainty kept apart."""

from trygghet.ranking.composite.declared import PillarWeights, SourceDeclaration
from trygghet.ranking.composite.factors import MethodFactors
from trygghet.ranking.composite.methods import MethodUncertainty, combined_spread, method_uncertainty
from trygghet.ranking.composite.score import NO_SURVEY_BASIS, CompositePriority, composite_priority
from trygghet.ranking.composite.sensitivity import Sensitivity, copeland, sensitivity
from trygghet.ranking.composite.source import Source
from trygghet.ranking.composite.tables import SourceTable, read_source_table

__all__ = [
    "NO_SURVEY_BASIS",
    "CompositePriority",
    "MethodFactors",
    "MethodUncertainty",
    "PillarWeights",
    "Sensitivity",
    "Source",
    "SourceDeclaration",
    "SourceTable",
    "combined_spread",
    "composite_priority",
    "copeland",
    "method_uncertainty",
    "read_source_table",
    "sensitivity",
]
