using System.Text.Json;

namespace Tollgate.Outbox;

/// <summary>An effect as the database keeps it.</summary>
internal static class EffectJson
{
    // jsonb keeps no order of members, so the kind may come last
    private static readonly JsonSerializerOptions Options = new() { AllowOutOfOrderMetadataProperties = true };

    public static string Write(Effect effect) => JsonSerializer.Serialize(effect);

    public static Effect Read(string text) =>
        JsonSerializer.Deserialize<Effect>(text, Options)
        ?? throw new InvalidOperationException("A row that is to hold an effect holds null.");
}
