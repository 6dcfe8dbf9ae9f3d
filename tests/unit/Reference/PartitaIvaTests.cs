using ClusterPulse.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Reference;

public sealed class PartitaIvaTests
{
    [Theory]
    [InlineData("12345670017")] // the sample of the Agenzia delle Entrate's form
    [InlineData("00743110157")]
    [InlineData("07643520567")]
    public void Right_numbers_are_valid(string code)
    {
        Assert.Equal(PartitaIvaCheck.Valid, PartitaIva.Check(code));
        Assert.Equal(code[10], PartitaIva.CheckDigit(code.AsSpan(0, 10)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567001")]
    [InlineData("123456700170")]
    [InlineData("IT12345670017")]
    [InlineData("1234567001A")]
    [InlineData("１２３４５６７００１７")] // full width
    [InlineData("00000000000")]
    public void Anything_but_11_digits_is_bad_form(string code) => Assert.Equal(PartitaIvaCheck.BadForm, PartitaIva.Check(code));

    [Fact]
    public void Every_wrong_single_digit_is_noticed()
    {
        const string code = "12345670017";
        foreach (var position in Enumerable.Range(0, code.Length))
        {
            foreach (var other in "0123456789".Where(other => other != code[position]))
                Assert.Equal(PartitaIvaCheck.BadCheckDigit, PartitaIva.Check($"{code[..position]}{other}{code[(position + 1)..]}"));
        }
    }
}
