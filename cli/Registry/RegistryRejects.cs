using ClusterPulse.Cli.Files;

namespace ClusterPulse.Cli.Registry;

/// <summary>Rows that were rejected, as they stand in the file, with the reason in front: mended, the file can be imported.</summary>
/// <param name="file">Where to; null: nowhere.</param>
/// <param name="header">The file's header.</param>
internal sealed class RegistryRejects(FileInfo? file, string[] header) : IDisposable
{
    private readonly RejectsFile? _file = file is null ? null : new(file, header, ',');

    public void Add(RegistryRow row, IReadOnlyList<RegistryProblem> problems) => _file?.Add(new(
        "", row.Line, row.Line, FileAction.Report, null, [.. problems.Select(p => new FileProblem(p.Line, p.Column, p.Value, p.Reason, p.Rule))], [[.. row.Cells]]));

    public void Dispose() => _file?.Dispose();
}
