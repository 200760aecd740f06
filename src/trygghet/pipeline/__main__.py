"""``python -m trygghet.pipeline STAGE [WAVE] [--root DIR]``: one stage, as DVC calls it."""

import gc

if __name__ == "__main__":
    gc.set_threshold(
        200_000, 20, 50
    )  # loading makes many objects and few cycles: collecting less often saves a tenth
    from trygghet.pipeline.stage_command import stage_command

    stage_command()
