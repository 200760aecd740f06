"""What stands between a project and its lägesbild: found without changing or sending anything."""

from trygghet.pipeline.doctor.examination import examine
from trygghet.pipeline.doctor.finding import Finding

__all__ = ["Finding", "examine"]
