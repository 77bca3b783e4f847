using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Invoices;

/// <summary>
/// The previews that were given last, whose lines can be asked for by the preview's id. No documents: they are nobody's
/// state, and a restart forgets them.
/// </summary>
internal sealed class RecentPreviews
{
    private const int Kept = 100;
    private readonly Queue<JsonObject> previews = new();

    public JsonObject Keep(JsonObject preview)
    {
        previews.Enqueue(preview.Copy());
        if (previews.Count > Kept)
        {
            previews.Dequeue();
        }

        return preview;
    }

    public JsonObject? Find(string id) => previews.FirstOrDefault(preview => preview.Id() == id);
}
