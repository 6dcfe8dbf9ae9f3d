using System.Diagnostics;
using Xunit;

namespace ClusterPulse.SystemTests.Support;

/// <summary>A file system in memory of its own, which can be full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    public SmallDisk(int mebibytes) => Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", _folder.Path);

    public string Path => _folder.Path;

    public void Fill(string file, int leaveKibibytes)
    {
        var free = new DriveInfo(Path).AvailableFreeSpace - (leaveKibibytes * 1024L);
        using var stream = File.Create(file);
        var block = new byte[64 * 1024];
        for (var written = 0L; written + block.Length <= free; written += block.Length)
            stream.Write(block);
    }

    public void Dispose()
    {
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} failed; mounting needs root");
    }
}
