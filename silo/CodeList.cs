using System.Collections.Immutable;
using System.Text.Json;

namespace ClusterPulse.Silo;

/// <summary>Codes in one column: a JSON array, which either store's SQL can take apart.</summary>
internal static class CodeList
{
    public static string Text(ImmutableArray<string> codes) => JsonSerializer.Serialize(codes.AsEnumerable());

    /// <summary>The reverse of <see cref="Text"/>.</summary>
    public static ImmutableArray<string> Read(string text) => [.. JsonSerializer.Deserialize<string[]>(text)!];
}
