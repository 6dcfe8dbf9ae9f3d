using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Registry;

/// <summary>Words of feeds in arguments and options, and in names.</summary>
internal static class FeedWords
{
    private static readonly Dictionary<string, Feed> Known =
        Enum.GetValues<Feed>().Where(f => f != Feed.Unspecified).ToDictionary(Word, StringComparer.OrdinalIgnoreCase);

    public static string Word(Feed feed) => feed.ToString().ToLowerInvariant();

    /// <exception cref="CommandFailure">It is none.</exception>
    public static Feed Required(string word) => Known.TryGetValue(word, out var feed)
        ? feed
        : throw CommandFailure.Usage(Words.Of($"没有报表“{word}”。", $"There is no feed '{word}'."), string.Join(", ", Known.Keys));
}
