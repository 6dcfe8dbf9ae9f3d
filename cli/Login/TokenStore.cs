using System.Text.Json;

namespace ClusterPulse.Cli.Login;

/// <summary>What a login has brought.</summary>
/// <param name="AccessToken">Bearer token.</param>
/// <param name="RefreshToken">Gets the next one; null where the provider gives none.</param>
/// <param name="Expires">When the bearer token ends.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="ClientId">Which client this command is there.</param>
internal sealed record StoredToken(string AccessToken, string? RefreshToken, DateTimeOffset Expires, string Issuer, string ClientId);

/// <summary>Tokens in the user's own folder, a file for each server, which nobody else can read.</summary>
internal sealed class TokenStore(string folder)
{
    /// <summary>The store of whoever runs the command.</summary>
    public static TokenStore OfUser() =>
        new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "clusterpulse", "tokens"));

    /// <summary>File of a server's token.</summary>
    public string FileOf(Uri server) => Path.Combine(folder, $"{server.Scheme}-{server.Host.Trim('[', ']').Replace(':', '_')}-{server.Port}.json");

    /// <summary>Null where nobody has logged in.</summary>
    public StoredToken? Find(Uri server)
    {
        try
        {
            return JsonSerializer.Deserialize<StoredToken>(File.ReadAllText(FileOf(server)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a token in one step: another command that reads meanwhile sees the old one or the new one.</summary>
    public void Save(Uri server, StoredToken token)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var draft = $"{FileOf(server)}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
            JsonSerializer.Serialize(file, token);
        File.Move(draft, FileOf(server), overwrite: true);
    }

    /// <summary>Forgets a token.</summary>
    /// <returns>False where there was none.</returns>
    public bool Delete(Uri server)
    {
        if (!File.Exists(FileOf(server)))
            return false;
        File.Delete(FileOf(server));
        return true;
    }
}
