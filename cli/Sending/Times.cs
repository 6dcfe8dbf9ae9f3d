using System.CommandLine;
using System.Globalization;
using ClusterPulse.Cli.Language;
using Google.Protobuf.WellKnownTypes;

namespace ClusterPulse.Cli.Sending;

/// <summary>Moments as people write and read them.</summary>
internal static class Times
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    private static readonly string[] Moments =
    [
        "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ",
    ];

    /// <summary>In the time zone of this machine; empty where there is none.</summary>
    public static string Local(Timestamp? at) =>
        at is null ? "" : at.ToDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>An option for a moment. A day means its end in Beijing, wherever it is asked: its figures are the same for everybody.</summary>
    public static Option<Timestamp?> AsOf() => new("--as-of")
    {
        Description = Words.Of(
            "按当时所知：日期，如 2026-10-31（至该日北京时间结束），或带时差的时刻，如 2026-10-31T08:00+08:00",
            "As it was known then: a day, such as 2026-10-31 (until its end in Beijing), or a moment with its offset, such as 2026-10-31T08:00+08:00"),
        HelpName = Words.Of("时刻", "moment"),
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Moment(text) is { } at)
                return at.ToTimestamp();
            result.AddError(Words.Of(
                $"--as-of 为“{text}”，但须是日期，如 2026-10-31，或带时差的时刻，如 2026-10-31T08:00+08:00。",
                $"--as-of is '{text}', but it is a day, such as 2026-10-31, or a moment with its offset, such as 2026-10-31T08:00+08:00."));
            return null;
        },
    };

    private static DateTimeOffset? Moment(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, Beijing).AddTicks(-TimeSpan.TicksPerMicrosecond);
        return DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }
}
