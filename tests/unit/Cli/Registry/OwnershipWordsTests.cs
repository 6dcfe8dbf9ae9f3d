using ClusterPulse.Cli.Registry;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Registry;

public sealed class OwnershipWordsTests
{
    [Theory]
    [InlineData("国有独资公司", Ownership.State)]
    [InlineData("集体企业", Ownership.Collective)]
    [InlineData("私营有限责任公司", Ownership.Private)]
    [InlineData("其他有限责任公司", Ownership.OtherDomestic)]
    [InlineData("股份合作企业", Ownership.OtherDomestic)]
    [InlineData("港、澳、台商独资经营企业", Ownership.Hmt)]
    [InlineData("合资经营企业（港或澳、台资）", Ownership.Hmt)]
    [InlineData("合资经营企业(港或澳、台资)", Ownership.Hmt)]
    [InlineData("中外合资经营企业", Ownership.Foreign)]
    [InlineData("外资企业", Ownership.Foreign)]
    [InlineData("Foreign", Ownership.Foreign)]
    public void A_type_of_registration_is_of_a_group(string word, Ownership group) => Assert.Equal(group, OwnershipWords.Find(word));

    [Theory]
    [InlineData("合伙企业")]
    [InlineData("173")]
    [InlineData("")]
    [InlineData("、")]
    public void What_could_be_of_two_groups_or_of_none_is_asked_about(string word) => Assert.Null(OwnershipWords.Find(word));
}
