using System.IO.Compression;

namespace ClusterPulse.Reference;

/// <summary>Reads the tab-separated tables that the assembly embeds: packed as <c>pack-tables</c> writes them, or plain where they are
/// short and kept by hand.</summary>
internal static class EmbeddedTable
{
    /// <summary>The rows of a table, whose columns must be exactly these: a table packed for another build is an error.</summary>
    public static IEnumerable<string[]> Read(string name, params string[] columns)
    {
        var resource = $"ClusterPulse.Reference.Tables.{name}.tsv";
        var assembly = typeof(EmbeddedTable).Assembly;
        using var table = assembly.GetManifestResourceStream(resource)
            ?? (assembly.GetManifestResourceStream(resource + ".gz") is { } packed ? new GZipStream(packed, CompressionMode.Decompress) : null)
            ?? throw new InvalidDataException($"The assembly has no table '{resource}'.");
        using var reader = new StreamReader(table);

        if (reader.ReadLine() is not { } header || !header.Split('\t').AsSpan().SequenceEqual(columns))
            throw new InvalidDataException($"Table '{name}' does not have the columns {string.Join(", ", columns)}.");
        while (reader.ReadLine() is { } line)
        {
            var row = line.Split('\t');
            if (row.Length != columns.Length)
                throw new InvalidDataException($"Table '{name}' has a row of {row.Length} columns: {line}");
            yield return row;
        }
    }
}
