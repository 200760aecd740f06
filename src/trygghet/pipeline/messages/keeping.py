"""Swedish messages of what looks after published files: verifying and erasing."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "VER-01": Message(
        vad="Ingen körning har skrivit filen {fil}, så den går inte att kontrollera.",
        var="mappen reports",
        atgard="Ange en fil under reports, till exempel reports/2026/figures/prioritering.png.",
    ),
    "VER-02": Message(
        vad="Förteckningen manifest.json för {wave} går inte att läsa.",
        var="reports/{wave}/manifest.json",
        atgard="Kör trygghet run igen, eller hämta filen där rapporten är arkiverad.",
    ),
    "GAL-01": Message(
        vad="Mätningen {wave} har inga filer att gallra. Den är redan gallrad, eller så heter den något annat.",
        var="data/raw och data/processed",
        atgard="Se vilka mätningar som finns i mappen data/raw.",
    ),
    "GAL-02": Message(
        vad="Mätningen {wave} är gallrad men står kvar i params.yaml.",
        var="params.yaml, nyckeln waves",
        atgard="Ta bort mätningen under waves, också där den står som previous. Det som är publicerat ligger kvar i reports/{wave}.",
    ),
}
