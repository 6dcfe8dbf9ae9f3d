using System.Text;
using ClusterPulse.V1;
using Google.Protobuf;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Messages as no well-meaning program sends them: good ones with fields spoiled, or bytes. The same seed makes the same ones.</summary>
internal sealed class MalformedMessages(int seed, string enterprise)
{
    private static readonly long[] Numbers = [0, 1, -1, 100, long.MaxValue, long.MinValue, 10_000_000_000_000_001, -10_000_000_000_000_001, int.MinValue];
    private static readonly string[] Economies = ["TW", "HK", "XX", "", "tw", "T", "台湾"];
    private static readonly string[] Currencies = ["CNY", "USD", "", "cny", "¥", "XXZ"];
    private readonly Random _random = new(seed);

    /// <summary>A batch with some rows, as bytes, of which something is wrong; now and then nothing is.</summary>
    /// <param name="parent">The bureau it says it is from.</param>
    public byte[] Next(string parent)
    {
        var request = new BatchCreateReportsRequest { Parent = Chance(20) ? Text() : parent, ValidateOnly = Chance(10) };
        if (Chance(15))
            request.RequestId = Text();
        for (var i = _random.Next(4); i >= 0; i--)
            request.Reports.Add(Report());
        byte[] bytes;
        try
        {
            bytes = request.ToByteArray();
        }
        catch (ArgumentException)
        {
            // Half a character has no UTF-8. What others make of it comes below, as bytes.
            return Spoilt([.. Encoding.UTF8.GetBytes(parent), 0xED, 0xA0, 0x80]);
        }
        return Chance(3) ? Spoilt(bytes) : bytes;
    }

    /// <summary>A report, of which something is wrong; now and then nothing is.</summary>
    public Report Report()
    {
        var report = new Report
        {
            Enterprise = Chance(6) ? Text() : enterprise,
            Feed = (Feed)(Chance(10) ? _random.Next() : _random.Next(8)),
            Period = Chance(4) ? Text() : $"{_random.Next(1985, 2006):0000}-{_random.Next(0, 14):00}",
            Basis = (Basis)(Chance(10) ? _random.Next(-9, 99) : _random.Next(3)),
            Revision = Chance(4) ? (int)Number() : 0,
            Status = (ReportStatus)(Chance(10) ? _random.Next(-9, 99) : _random.Next(4)),
            Nil = Chance(8),
            Note = Chance(8) ? Text() : "",
            Measure = Chance(20) ? Text() : "",
        };
        switch (_random.Next(7))
        {
            case 0: break;
            case 1: report.Output = new() { Value = Chance(8) ? null : Money() }; break;
            case 2: report.Export = new() { Value = Chance(8) ? null : Money() }; break;
            case 3: report.Employment = new() { Persons = Number() }; break;
            case 4: report.Fdi = new() { Lines = { Lines(Fdi) } }; break;
            case 5: report.Linkage = new() { Lines = { Lines(Linkage) } }; break;
            default: report.Feed = Feed.Output; report.Output = new() { Value = Money() }; break;
        }
        return report;
    }

    /// <summary>Bytes with something cut off, turned over, put in, or nested.</summary>
    private byte[] Spoilt(byte[] bytes)
    {
        switch (_random.Next(6))
        {
            case 0:
                return bytes[.._random.Next(bytes.Length + 1)];
            case 1:
                for (var i = _random.Next(8); i >= 0 && bytes.Length > 0; i--)
                    bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
                return bytes;
            case 2:
                // Text that is no UTF-8 where the bureau's name should be.
                return [0x0A, 4, 0xC3, 0x28, 0xFF, 0xFE, .. bytes];
            case 3:
                // A group within a group within a group…
                return [.. bytes, .. Enumerable.Repeat((byte)0x7B, _random.Next(1, 5_000))];
            case 4:
                // A length that is not there, up to beyond what any message has.
                return [.. bytes, 0x12, 0xFF, 0xFF, 0xFF, 0xFF, (byte)_random.Next(16)];
            default:
                var noise = new byte[_random.Next(200)];
                _random.NextBytes(noise);
                return noise;
        }
    }

    private IEnumerable<T> Lines<T>(Func<T> line)
    {
        for (var i = Chance(50) ? 3_000 : _random.Next(4); i > 0; i--)
            yield return line();
    }

    private FdiLine Fdi() => new()
    {
        SourceEconomy = Pick(Economies),
        UltimateSourceEconomy = Pick(Economies),
        Investor = Chance(6) ? Text() : "",
        Utilised = Chance(10) ? null : Money(),
        Contracted = Chance(2) ? null : Money(),
        ProjectCount = (int)Number(),
    };

    private LinkageLine Linkage()
    {
        var line = new LinkageLine { Purchases = Chance(10) ? null : Money() };
        switch (_random.Next(5))
        {
            case 0: line.Enterprise = Text(); break;
            case 1: line.UnregisteredCode = Text(); break;
            case 2: line.Region = Chance(2) ? "regions/3205" : Text(); break;
            case 3: line.SourceEconomy = Pick(Economies); break;
            default: break;
        }
        return line;
    }

    private Money Money() => new() { Currency = Chance(8) ? Text() : Pick(Currencies), MinorUnits = Chance(2) ? 100 : Number() };

    private string Text() => _random.Next(9) switch
    {
        0 => "",
        1 => "\0",
        2 => "a\u0007b\u001Bc",
        3 => new string('长', _random.Next(1, 3_000)),
        4 => "=cmd|' /C calc'!A0",
        5 => "'; DROP TABLE report; --",
        6 => "\uD800",
        7 => string.Concat(Enumerable.Repeat("../", 40)),
        _ => "\u202E\uFFFF𠀀",
    };

    private long Number() => Pick(Numbers);

    private T Pick<T>(T[] of) => of[_random.Next(of.Length)];

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}
