using System.Globalization;
using ClusterPulse.Cli.Files.Cells;
using CsCheck;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Files.Cells;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", 2, 0)]
    [InlineData("1.5", 2, 150)]
    [InlineData("-1.50", 2, -150)]
    [InlineData("1,234,567.89", 2, 123_456_789)]
    [InlineData("１，２３４．５", 1, 12_345)]
    [InlineData(" 007 ", 0, 7)]
    [InlineData("1.000000000000000000000000", 0, 1)]
    [InlineData("92233720368547758.07", 2, long.MaxValue)]
    public void Numbers_are_exact(string text, int power, long amount)
    {
        Assert.Null(Quantity.Read(text, '.', power, out var read));

        Assert.Equal(amount, read);
    }

    [Theory]
    [InlineData("", "MALFORMED_NUMBER")]
    [InlineData("-", "MALFORMED_NUMBER")]
    [InlineData("1.", "MALFORMED_NUMBER")]
    [InlineData(".5", "MALFORMED_NUMBER")]
    [InlineData("1,23", "MALFORMED_NUMBER")]
    [InlineData("1234,567", "MALFORMED_NUMBER")]
    [InlineData("1,2345", "MALFORMED_NUMBER")]
    [InlineData("1.2.3", "MALFORMED_NUMBER")]
    [InlineData("1e5", "MALFORMED_NUMBER")]
    [InlineData("NaN", "MALFORMED_NUMBER")]
    [InlineData("=1+1", "MALFORMED_NUMBER")]
    [InlineData("1.005", "TOO_PRECISE")]
    [InlineData("92233720368547758.08", "OUT_OF_BOUNDS")]
    [InlineData("99999999999999999999999999999999999999999999", "OUT_OF_BOUNDS")]
    [InlineData("0.00000000000000000000000000000000000000000001", "TOO_PRECISE")]
    public void Others_say_why(string text, string reason) => Assert.Equal(reason, Quantity.Read(text, '.', 2, out _));

    [Fact]
    public void A_comma_stands_before_decimals_where_that_is_said()
    {
        Assert.Null(Quantity.Read("1.234.567,89", ',', 2, out var read));

        Assert.Equal(123_456_789, read);
    }

    [Fact]
    public void What_is_written_is_what_is_read() => Gen.Select(Gen.Long[-1_000_000_000_000_000, 1_000_000_000_000_000], Gen.Int[0, 6], Gen.Bool).Sample((minor, power, hasGroups) =>
    {
        var number = minor / (decimal)Math.Pow(10, power);
        var text = number.ToString((hasGroups ? "N" : "F") + power, CultureInfo.InvariantCulture);
        return Quantity.Read(text, '.', power, out var read) is null && read == minor;
    });
}
