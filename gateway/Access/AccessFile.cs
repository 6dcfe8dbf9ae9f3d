using Microsoft.Extensions.Configuration;

namespace ClusterPulse.Access;

/// <summary>The JSON file in which a centre keeps who may call, apart from other settings.</summary>
public static class AccessFile
{
    /// <summary>Reads it; its settings count over all else, and again when it changes.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">There is no such file, or it is no JSON.</exception>
    public static IConfigurationBuilder AddAccessFile(this ConfigurationManager configuration, string? file)
    {
        if (file is null)
            return configuration;
        var isRead = false;
        try
        {
            configuration.AddJsonFile(source =>
            {
                (source.Path, source.Optional, source.ReloadOnChange) = (Path.GetFullPath(file), false, true);
                source.ResolveFileProvider();
                // Later than the start a file that is no JSON counts as one that is away, which the list of principals is told of and logs.
                source.OnLoadException = failed => failed.Ignore = isRead;
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WrongSettings.OfFile("--access", file, "It cannot be read", e);
        }
        catch (InvalidDataException e)
        {
            throw WrongSettings.OfFile("--access", file, "It is no JSON", e.InnerException ?? e);
        }
        isRead = true;
        return configuration;
    }

    /// <summary>What a section says; null where there is none.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting has no such name or value.</exception>
    internal static T? Read<T>(IConfigurationSection section)
        where T : class
    {
        try
        {
            return section.Get<T>(Strictly);
        }
        catch (InvalidOperationException e)
        {
            // Of an entry in a list the inner one says which setting it is.
            throw WrongSettings.Of((e.InnerException as InvalidOperationException ?? e).Message);
        }
    }

    /// <summary>A name that is spelled wrong would say nothing, and a principal whose role is none would be left out.</summary>
    internal static void Strictly(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;
}
