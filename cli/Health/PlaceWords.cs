using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Health;

/// <summary>Places and moments as people write them.</summary>
internal static class PlaceWords
{
    /// <summary><c>3205</c> is <c>regions/3205</c>; all else is a name already.</summary>
    public static string Name(string place) => place.Length > 0 && place.All(char.IsAsciiDigit) ? "regions/" + place : place;

    /// <summary>A day (its end in China), or a moment with its offset.</summary>
    /// <exception cref="CommandFailure">It is neither.</exception>
    public static DateTimeOffset Moment(string option, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day))
            return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)).AddTicks(-TimeSpan.TicksPerMicrosecond);
        string[] moments = ["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:ssZ"];
        return DateTimeOffset.TryParseExact(text, moments, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw CommandFailure.Usage(
                Words.Of($"{option} 为“{text}”。", $"{option} is '{text}'."),
                Words.Of("须是日期，如 2004-12-31（至该日北京时间结束），或带时差的时刻，如 2004-12-31T18:00:00+08:00。",
                    "It is a day, such as 2004-12-31 (until its end in Beijing), or a moment with its offset, such as 2004-12-31T18:00:00+08:00."));
    }
}
