using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Reading;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Files;

/// <summary>A file of reports that is open: its header, how it is read, and its reports one after the other, in constant memory.</summary>
internal sealed class ReportFile : IDisposable
{
    private readonly FileSource _source;
    private readonly FileLimits _limits;
    private readonly bool _isWorkbook;
    private readonly IFileRows _rows;
    private string? _sha256;

    private ReportFile(FileContent content, char delimiter, IFileRows rows, FileMapping mapping, ColumnPlan plan)
    {
        (_source, _limits, _isWorkbook) = (content.Source, content.Limits, content.IsWorkbook);
        (Delimiter, _rows, Mapping, Plan) = (delimiter, rows, mapping, plan);
    }

    /// <summary>The file's name as it was given.</summary>
    public string Name => _source.Name;

    /// <summary>SHA-256 of the file as it lies there, in hexadecimal: the same file again is known by it.</summary>
    public string Sha256 => _sha256 ??= FileContent.Sha256(_source);

    /// <summary>Column names as the file has them.</summary>
    public IReadOnlyList<string> Header => Plan.Header;

    /// <summary>Column names that nothing is read from; people are always shown them.</summary>
    public IReadOnlyList<string> Unmapped => Plan.Unmapped;

    /// <summary>How it is read: the mapping that was given, that lies beside it, or that is proposed.</summary>
    public FileMapping Mapping { get; }

    /// <summary>Everything besides the file's bytes that decides which reports come out of it, in one text: equal texts, equal reports.</summary>
    public string Reading => Mapping.ToJson();

    /// <summary>What separates its cells; of a workbook a comma.</summary>
    public char Delimiter { get; }

    /// <summary>Which cell says what.</summary>
    public ColumnPlan Plan { get; }

    /// <summary>How much of it is read, 0 to 1.</summary>
    public double Done => _rows.Done;

    /// <summary>Opens a file with the mapping that is given, or that lies beside it, or that its headers propose.</summary>
    /// <param name="file">CSV, <c>.xlsx</c>, SDMX-CSV, any of them compressed by gzip.</param>
    /// <param name="mapping">How it is read; null: as said above.</param>
    /// <param name="sheet">Sheet of a workbook; null: the mapping's, or the first.</param>
    /// <exception cref="CommandFailure">It cannot be read, or it is not clear what its columns say.</exception>
    public static ReportFile Open(FileInfo file, FileMapping? mapping = null, string? sheet = null)
    {
        if (mapping is null && FileMapping.Beside(file) is { Exists: true } beside)
            mapping = FileMapping.Load(beside);
        return Open(FileSource.Of(file), mapping, sheet, new());
    }

    /// <inheritdoc cref="Open(FileInfo, FileMapping?, string?)"/>
    public static ReportFile Open(FileSource source, FileMapping? mapping, string? sheet, FileLimits limits)
    {
        var content = FileContent.Inspect(source, limits);
        sheet ??= mapping?.Sheet;
        if (mapping is not null)
            mapping = mapping with { Sheet = sheet };
        var delimiter = content.IsWorkbook ? ',' : Delimiters.Find(content.Start);
        var isSemicolon = delimiter == ';';
        var proposal = Propose(content, sheet, delimiter, out var samples);
        if (mapping is null)
            mapping = proposal;
        else
            mapping = Fit(mapping, proposal, samples, source.Name);
        var rows = FileRows.Open(content, sheet, delimiter);
        try
        {
            while (rows.Read() && rows.Trouble is null && rows.Line < mapping.HeaderLine)
            {
            }
            if (rows.Trouble is not null || rows.Line != mapping.HeaderLine)
                throw FileTrouble.NoHeader(source.Name, rows.Trouble?.Rule ?? $"{mapping.HeaderLine}");
            return new(content, delimiter, rows, mapping, new(mapping, rows.Cells, isSemicolon, source.Name));
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>How a file would be read by its headers alone.</summary>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static FileMapping Propose(FileInfo file, string? sheet, out IReadOnlyList<SampleRow> samples)
    {
        var content = FileContent.Inspect(FileSource.Of(file), new());
        return Propose(content, sheet, content.IsWorkbook ? ',' : Delimiters.Find(content.Start), out samples);
    }

    /// <summary>Its reports. To be asked for once.</summary>
    public IEnumerable<FileReport> Reports() => new ReportReader(Plan, Name, _limits, _isWorkbook).Read(_rows);

    public void Dispose() => _rows.Dispose();

    /// <summary>A mapping of another month's file must not bring that month along, nor the place of its header.</summary>
    private static FileMapping Fit(FileMapping mapping, FileMapping proposal, IReadOnlyList<SampleRow> samples, string file)
    {
        var header = mapping.HeaderLine ?? MappingProposal.HeaderLine(mapping, samples) ?? proposal.HeaderLine;
        if (mapping.Period is { } said && MappingProposal.PeriodOfTitles(samples.Where(r => r.Line < header)) is { } title
            && (PeriodText.Read(said, out var month), month) != (PeriodText.Read(title, out var inFile), inFile))
        {
            throw FileTrouble.Mapping(file, $"映射的报告期为 {said}，文件标题为 {title}", $"the mapping says the period {said}, the file's title {title}");
        }
        return mapping with { HeaderLine = header };
    }

    private static FileMapping Propose(FileContent content, string? sheet, char delimiter, out IReadOnlyList<SampleRow> samples)
    {
        using var rows = FileRows.Open(content, sheet, delimiter);
        var sampled = MappingProposal.Sample(rows);
        samples = sampled;
        if (sampled.Count == 0 && rows.Trouble is { } trouble)
            throw FileTrouble.NoHeader(content.Source.Name, trouble.Rule);
        return MappingProposal.Propose(sampled, content.Source.Name, sheet, delimiter == ';');
    }
}
