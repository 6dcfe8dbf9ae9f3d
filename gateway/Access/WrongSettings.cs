using Microsoft.Extensions.Options;

namespace ClusterPulse.Access;

/// <summary>What ends the start of a program whose settings are wrong.</summary>
public static class WrongSettings
{
    /// <summary>The rules that are broken, a line each; null where something else went wrong.</summary>
    public static string? Describe(Exception e) => e switch
    {
        OptionsValidationException wrong => string.Join('\n', wrong.Failures),
        // Several kinds of options at once.
        AggregateException all when all.InnerExceptions.Select(Describe).ToList() is var each && each.TrueForAll(w => w is not null) => string.Join('\n', each),
        _ => null,
    };

    /// <summary>A file that is not what it should be.</summary>
    internal static OptionsValidationException OfFile(string setting, string file, string what, Exception? cause = null) =>
        Of($"{setting} is '{file}'. {what}{(cause is null ? "." : $": {cause.Message}")}");

    internal static OptionsValidationException Of(params IEnumerable<string> wrong) => new("Access", typeof(AccessOptions), wrong);
}
