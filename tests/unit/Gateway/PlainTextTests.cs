using ClusterPulse.Validation;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Which characters a stored text may hold.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("苏州 \t\r\n=A1")]
    [InlineData("𠀀𠀁")]
    [InlineData("\uFFFD")]
    public void Text_that_every_store_can_hold_stays_as_it_is(string text)
    {
        Assert.Null(PlainText.FirstBad(text));
        Assert.Same(text, PlainText.Shown(text));
    }

    [Theory]
    [InlineData("a\0", "U+0000", "a\uFFFD")]
    [InlineData("\u001Bx", "U+001B", "\uFFFDx")]
    [InlineData("𠀀\u0085", "U+0085", "𠀀\uFFFD")]
    public void What_it_cannot_hold_is_named_and_shown_as_a_replacement(string text, string bad, string shown)
    {
        Assert.Equal(bad, PlainText.FirstBad(text));
        Assert.Equal(shown, PlainText.Shown(text));
    }

    /// <summary>No attribute can hold half a character.</summary>
    [Fact]
    public void Half_a_character_is_none()
    {
        Assert.Equal(("U+D840", "\uFFFD"), (PlainText.FirstBad("\uD840"), PlainText.Shown("\uD840")));
        Assert.Equal(("U+DC00", "\uFFFDa𠀀"), (PlainText.FirstBad("\uDC00a𠀀"), PlainText.Shown("\uDC00a𠀀")));
    }

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        Assert.Equal("ab", PlainText.Cut("ab", 2));
        Assert.Equal("a", PlainText.Cut("a𠀀b", 2));
        Assert.Equal("a𠀀", PlainText.Cut("a𠀀b", 3));
    }
}
