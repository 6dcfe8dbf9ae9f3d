using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.Cli.Files.Rows;

namespace ClusterPulse.Cli.Files.Mapping;

/// <summary>What a column is.</summary>
/// <param name="Header">As the file has it.</param>
/// <param name="Field">What it says; null: not known yet, so that it is shown as unmapped.</param>
/// <param name="Unit">Of amounts, such as 千元; null: a column or the mapping's own unit says it.</param>
/// <param name="Basis">Of amounts: month or year_to_date; null: a column or the mapping's own basis says it.</param>
internal sealed record ColumnMapping(string Header, FileField? Field, string? Unit = null, string? Basis = null);

/// <summary>How a file is read, as it is saved beside it.</summary>
internal sealed record FileMapping
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
    };

    /// <summary>The columns, in the file's order.</summary>
    public required IReadOnlyList<ColumnMapping> Columns { get; init; }

    /// <summary>Line of the column names, from 1; null: found by them.</summary>
    public long? HeaderLine { get; init; }

    /// <summary>Sheet of a workbook; null: the first.</summary>
    public string? Sheet { get; init; }

    /// <summary>Feed of all rows, where no column says it.</summary>
    public string? Feed { get; init; }

    /// <summary>Period of all rows, where no column says it.</summary>
    public string? Period { get; init; }

    /// <summary>Unit of amounts whose column says none.</summary>
    public string? Unit { get; init; }

    /// <summary>Currency of amounts whose unit says none.</summary>
    public string? Currency { get; init; }

    /// <summary>Basis of amounts, where no column says it.</summary>
    public string? Basis { get; init; }

    /// <summary>Status of reports, where no column says it.</summary>
    public string? Status { get; init; }

    /// <summary>What stands before decimals: a point, or a comma; null: a point, and a comma is refused where cells are separated by semicolons.</summary>
    public char? DecimalSign { get; init; }

    /// <summary>Where a file's mapping lies when no other is named.</summary>
    public static FileInfo Beside(FileInfo file) => new(file.FullName + ".map.json");

    /// <exception cref="Server.CommandFailure">It cannot be read or says what there is not.</exception>
    public static FileMapping Load(FileInfo file)
    {
        try
        {
            return Parse(File.ReadAllText(file.FullName), file.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Unreadable(file.ToString(), e);
        }
    }

    /// <exception cref="Server.CommandFailure">It is no mapping or says what there is not.</exception>
    public static FileMapping Parse(string json, string file)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<FileMapping>(json, Json)
                ?? throw FileTrouble.Mapping(file, "映射为空", "the mapping is empty");
            mapping.Check(file);
            return mapping;
        }
        catch (JsonException e)
        {
            throw FileTrouble.Mapping(file, $"不是映射：{e.Message}", $"it is no mapping: {e.Message}");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    private void Check(string file)
    {
        foreach (var column in Columns)
        {
            if (column is null || string.IsNullOrWhiteSpace(column.Header))
                throw FileTrouble.Mapping(file, "有一列缺少 header", "a column has no header");
            CheckUnit(column.Header, column.Unit);
            CheckWord(column.Header, column.Basis, FileWords.Basis(column.Basis ?? "") is not null);
        }
        CheckUnit("unit", Unit);
        CheckWord("basis", Basis, FileWords.Basis(Basis ?? "") is not null);
        CheckWord("feed", Feed, FileWords.Feed(Feed ?? "") is not null);
        CheckWord("status", Status, FileWords.Status(Status ?? "") is not null);
        CheckWord("period", Period, PeriodText.Read(Period ?? "", out _) is not null);
        CheckWord("currency", Currency, CodeTables.Currencies.TryGet(Currency ?? "", out _));
        CheckWord("decimal_sign", DecimalSign?.ToString(), DecimalSign is '.' or ',');

        void CheckUnit(string field, string? unit) => CheckWord(field, unit, Cells.Unit.TryParse(unit ?? "", out _));

        void CheckWord(string field, string? word, bool isKnown)
        {
            if (word is not null && !isKnown)
                throw FileTrouble.Mapping(file, $"{field}：“{word}”无法识别", $"{field}: '{word}' is not known");
        }
    }
}
