using System.IO.Compression;
using System.Text;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Files;

/// <summary>Files in memory.</summary>
internal static class FileText
{
    public const string Firm = "91320500MA1MC01X0R";

    public static FileSource Source(byte[] bytes, string name = "test.csv") => new(name, () => new MemoryStream(bytes, writable: false));

    public static FileSource Csv(params string[] lines) => Source(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>All reports of a file.</summary>
    public static List<FileReport> Read(FileSource source, FileMapping? mapping = null, FileLimits? limits = null)
    {
        using var file = ReportFile.Open(source, mapping, sheet: null, limits ?? new());
        return [.. file.Reports()];
    }

    /// <summary>The reports of a file in which nothing is wrong.</summary>
    public static List<Report> Reports(params string[] lines) => Reports(Csv(lines));

    /// <inheritdoc cref="Reports(string[])"/>
    public static List<Report> Reports(FileSource source, FileMapping? mapping = null) => [.. Read(source, mapping).Select(r =>
    {
        Assert.Empty(r.Problems);
        return r.Report!;
    })];
}
