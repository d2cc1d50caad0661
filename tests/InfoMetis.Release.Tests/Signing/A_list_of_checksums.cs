using FsCheck.Fluent;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Signing;

public sealed class A_list_of_checksums
{
    private static readonly string Hex = new('a', 64);

    [Fact]
    public void Is_read_as_sha256sum_writes_it()
    {
        ChecksumList
            .TryParse(Sample.List + $"{Hex}  a.tar.zst.part01of04\n", out var list, out var reason)
            .ShouldBeTrue(reason);

        list.Entries.Select(entry => entry.Name).ShouldBe(["install.sh", "a.tar.zst.part01of04"]);
        list.ToString().ShouldStartWith(Sample.List);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{0}  a")]
    [InlineData("{0}  a\n\n")]
    [InlineData("{0}  a\r\n")]
    [InlineData("{0} *a\n")]
    [InlineData("{0} a\n")]
    [InlineData("{0}  \n")]
    [InlineData("{0}  a b\n")]
    [InlineData("{0}  ../a\n")]
    [InlineData("{0}  /a\n")]
    [InlineData("{0}  -a\n")]
    [InlineData("{0}  .a\n")]
    [InlineData("{0}  a\\nb\n")]
    [InlineData("\\{0}  a\n")]
    [InlineData("A{0}  a\n")]
    [InlineData("{0}  a\n{0}  a\n")]
    [InlineData("{0}  a\n{0}  A\n")]
    [InlineData("{0}  SHA256SUMS\n")]
    [InlineData("{0}  SHA256SUMS.sig\n")]
    [InlineData("{0}  é\n")]
    public void Is_nothing_else(string form)
    {
        var text = form.Replace("{0}", Hex, StringComparison.Ordinal);

        ChecksumList.TryParse(text, out _, out var reason).ShouldBeFalse();

        reason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Is_printed_as_it_was_read() =>
        Law.Holds(
            Gen.OneOf(
                Law.AnyText,
                from at in Gen.Choose(0, Sample.List.Length)
                from more in Law.TextOf("aZ0 ./\\-_\n\r")
                select Sample.List.Insert(at, more)
            ),
            text =>
            {
                if (ChecksumList.TryParse(text, out var list, out _))
                    list.ToString().ShouldBe(text);
            }
        );
}
