using ClusterPulse.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Reference;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("914403001922038216")]
    [InlineData("91440300192317458F")]
    [InlineData("91110000710925462X")]
    [InlineData("9144030071526726XG")]
    [InlineData("91350100M000100Y43")] // the standard's own sample, lettered: fails where mod 11 uses the 31 values
    public void Issued_codes_are_valid(string code)
    {
        Assert.Equal(CreditCodeCheck.Valid, CreditCode.Check(code));
        Assert.Equal(code[17], CreditCode.CheckCharacter(code.AsSpan(0, 17)));
        Assert.Equal(code[16], CreditCode.OrganisationDigit(code.AsSpan(8, 8)));
    }

    [Theory]
    [InlineData("9144030071526726xg")]
    [InlineData("91350100m000100y43")]
    public void Lower_case_is_folded(string code) => Assert.Equal(CreditCodeCheck.Valid, CreditCode.Check(code));

    [Theory]
    [InlineData("")]
    [InlineData("440301103097413")] // a registration number from before 2015
    [InlineData("91440300192203821")]
    [InlineData("9144030019220382166")]
    [InlineData("91440300192317458I")]
    [InlineData("91440300192317458O")]
    [InlineData("91440300192317458S")]
    [InlineData("91440300192317458V")]
    [InlineData("91440300192317458Z")]
    [InlineData("9144030019231745-F")]
    [InlineData("91440300192317458Ｆ")] // full width
    [InlineData(" 9144030019231745F")]
    public void Anything_but_18_of_the_31_characters_is_bad_form(string code) =>
        Assert.Equal(CreditCodeCheck.BadForm, CreditCode.Check(code));

    [Theory]
    [InlineData("914403001922038217")]
    [InlineData("914403001922038261")]
    [InlineData("914403001922083216")]
    public void A_slip_of_the_pen_fails_the_check_character(string code) =>
        Assert.Equal(CreditCodeCheck.BadCheckCharacter, CreditCode.Check(code));

    [Fact]
    public void Every_wrong_single_character_is_noticed()
    {
        const string code = "91350100M000100Y43";
        foreach (var position in Enumerable.Range(0, code.Length))
        {
            foreach (var other in "0123456789ABCDEFGHJKLMNPQRTUWXY".Where(other => other != code[position]))
            {
                var slipped = $"{code[..position]}{other}{code[(position + 1)..]}";
                Assert.Equal(CreditCodeCheck.BadCheckCharacter, CreditCode.Check(slipped));
            }
        }
    }

    [Fact]
    public void A_wrong_organisation_digit_alone_is_told_apart()
    {
        const string first17 = "91440300192203822";
        Assert.Equal('1', CreditCode.OrganisationDigit(first17.AsSpan(8, 8)));
        var code = first17 + CreditCode.CheckCharacter(first17);
        Assert.Equal(CreditCodeCheck.BadOrganisationDigit, CreditCode.Check(code));
    }

    [Theory]
    [InlineData("00000000", '0')]
    [InlineData("71526726", 'X')]
    [InlineData("D2143569", 'X')]
    [InlineData("m000100y", '4')]
    public void Organisation_digit_covers_ten_and_eleven_and_the_full_alphabet(string first8, char digit) =>
        Assert.Equal(digit, CreditCode.OrganisationDigit(first8));

    [Fact]
    public void Check_characters_of_malformed_input_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CreditCode.CheckCharacter("9144030019220382"));
        Assert.Throws<ArgumentException>(() => CreditCode.CheckCharacter("9144030019220382I"));
        Assert.Throws<ArgumentException>(() => CreditCode.OrganisationDigit("1922038"));
        Assert.Throws<ArgumentException>(() => CreditCode.OrganisationDigit("1922038-"));
    }
}
