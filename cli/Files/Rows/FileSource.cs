namespace ClusterPulse.Cli.Files.Rows;

/// <summary>Where the bytes of a file come from. They are read several times: for the checksum, for the encoding, for the rows.</summary>
/// <param name="Name">The file's name as it was given.</param>
/// <param name="Open">Opens it at its beginning; the stream can be sought.</param>
internal sealed record FileSource(string Name, Func<Stream> Open)
{
    public static FileSource Of(FileInfo file) => new(
        file.ToString(), () => new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan));
}

/// <summary>What keeps a hostile or broken file from filling memory or running for ever.</summary>
internal sealed record FileLimits
{
    /// <summary>Characters of a row, with all its cells.</summary>
    public int RowCharacters { get; init; } = 1 << 20;

    /// <summary>Columns of a row; a workbook has no more.</summary>
    public int Columns { get; init; } = 16_384;

    /// <summary>Rows of a sheet; a workbook has no more.</summary>
    public int SheetRows { get; init; } = 1_048_576;

    /// <summary>Compressed content may expand to this many bytes whatever its ratio.</summary>
    public long ExpandedBytes { get; init; } = 64L << 20;

    /// <summary>Beyond that it may expand to this many times its compressed size; tables of figures expand 5 to 60 times.</summary>
    public int ExpansionRatio { get; init; } = 200;

    /// <summary>Bytes of a workbook's table of strings, which is held in memory.</summary>
    public long StringTableBytes { get; init; } = 256L << 20;

    /// <summary>Rows of one report.</summary>
    public int RowsOfReport { get; init; } = 10_000;
}
