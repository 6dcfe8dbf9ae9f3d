using System.IO.Compression;

namespace ClusterPulse.Reference;

/// <summary>Reads the tab-separated tables that <c>pack-tables</c> writes and the assembly embeds.</summary>
internal static class EmbeddedTable
{
    /// <summary>The rows of a table, whose columns must be exactly these: a table packed for another build is an error.</summary>
    public static IEnumerable<string[]> Read(string name, params string[] columns)
    {
        var resource = $"ClusterPulse.Reference.Tables.{name}.tsv.gz";
        using var packed = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidDataException($"The assembly has no table '{resource}'.");
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);

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
