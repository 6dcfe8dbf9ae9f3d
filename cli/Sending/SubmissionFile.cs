using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClusterPulse.Cli.Sending;

/// <summary>A file as a submission: the same file read in the same way is the same submission, wherever and whenever it is sent.</summary>
/// <param name="Name">As it was given.</param>
/// <param name="Sha256">Checksum, hexadecimal.</param>
/// <param name="Reading">Everything else that decides which rows come out of it and in which order, such as the mapping.</param>
internal sealed record SubmissionFile(string Name, string Sha256, string Reading)
{
    /// <summary>Goes up when a change of the program lets other rows, or another order, come out of the same file: then numbers of rows
    /// mean something else, and a send that was broken off must not go on by them.</summary>
    private const int Numbering = 1;
    private const int FileDigits = 32;
    private const int ReadingDigits = 8;

    /// <summary>The submission's id.</summary>
    /// <param name="again">How many times before the same file was sent and withdrawn.</param>
    public string Id(int again = 0)
    {
        var reading = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Numbering}\n{Reading}")))[..ReadingDigits];
        var id = $"file-{Sha256[..FileDigits]}-{reading}";
        return again == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{again + 1}");
    }
}
