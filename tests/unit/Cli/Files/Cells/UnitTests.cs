using ClusterPulse.Cli.Files.Cells;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Files.Cells;

public sealed class UnitTests
{
    [Theory]
    [InlineData("元", "CNY", 0)]
    [InlineData("千元", "CNY", 3)]
    [InlineData("万元", "CNY", 4)]
    [InlineData("百万元", "CNY", 6)]
    [InlineData("亿元", "CNY", 8)]
    [InlineData("人民币万元", "CNY", 4)]
    [InlineData("单位：千元", "CNY", 3)]
    [InlineData("美元", "USD", 0)]
    [InlineData("千美元", "USD", 3)]
    [InlineData("万美元", "USD", 4)]
    [InlineData("百万美元", "USD", 6)]
    [InlineData("欧元", "EUR", 0)]
    [InlineData("万USD", "USD", 4)]
    [InlineData("thousand CNY", "CNY", 3)]
    [InlineData("USD million", "USD", 6)]
    [InlineData("Thousands of euros", "EUR", 3)]
    [InlineData("migliaia di euro", "EUR", 3)]
    [InlineData("JPY", "JPY", 0)]
    [InlineData("人", "", 0)]
    [InlineData("万人", "", 4)]
    [InlineData("persons", "", 0)]
    public void Units_are_read_as_files_carry_them(string text, string currency, int power)
    {
        Assert.True(Unit.TryParse(text, out var unit));

        Assert.Equal(new Unit(currency.Length == 0 ? UnitKind.Persons : UnitKind.Money, currency, power), unit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("斤")]
    [InlineData("元人")]
    [InlineData("亿亿元")]
    [InlineData("thousand")]
    [InlineData("CNY USD")]
    public void Others_are_none(string text) => Assert.Equal(text == "thousand", Unit.TryParse(text, out var unit) && unit.Kind == UnitKind.Multiple);

    [Theory]
    [InlineData("千元")]
    [InlineData("万美元")]
    [InlineData("亿元")]
    [InlineData("万人")]
    public void A_unit_is_written_as_it_is_read(string text) => Assert.Equal(text, Unit.TryParse(text, out var unit) ? unit.ToString() : "");
}
