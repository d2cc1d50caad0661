using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Tests.Yaml;

public sealed class TextFileTests : IDisposable
{
    private const int Limit = 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly List<Finding> _findings = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("name: é😀\r\n")]
    [InlineData("a\0b")]
    public void A_file_of_UTF8_is_read_as_it_is(string text)
    {
        Read(Encoding.UTF8.GetBytes(text)).ShouldBe(text);
        _findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() => Read([0xEF, 0xBB, 0xBF, (byte)'a']).ShouldBe("a");

    [Fact]
    public void A_file_as_large_as_the_limit_is_read() => Read(new byte[Limit])!.Length.ShouldBe(Limit);

    [Fact]
    public void A_file_one_byte_larger_than_the_limit_is_refused()
    {
        Read(new byte[Limit + 1]).ShouldBeNull();
        _findings
            .Single()
            .ShouldBe(
                Message.TooLarge(_folder.File("f"), Limit) with
                {
                    Fact = $"'{_folder.File("f")}' is larger than 1,024 bytes, the most that is read of such a file",
                }
            );
    }

    [Fact]
    public void A_file_of_100_MB_is_refused_without_being_read_whole()
    {
        using (var stream = File.Create(_folder.File("f")))
            stream.SetLength(100_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        TextFile.Read(_folder.File("f"), Limit, _findings).ShouldBeNull();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        _findings.Single().Code.ShouldBe(Codes.TooLarge);
    }

    [Fact]
    public void A_file_without_an_end_is_refused()
    {
        if (!File.Exists("/dev/zero"))
            return;
        TextFile.Read("/dev/zero", Limit, _findings).ShouldBeNull();
        _findings.Single().Code.ShouldBe(Codes.TooLarge);
    }

    [Fact]
    public void A_file_that_tells_no_length_is_read() =>
        TextFile.Read("/proc/self/status", 1 << 16, _findings)!.ShouldContain("Name:");

    [Theory]
    [InlineData("ab\n\xFF", 3, 2, 1)]
    [InlineData("\xC3", 0, 1, 1)]
    [InlineData("ok\nk\xC3\xA9y: \xC3(", 9, 2, 6)]
    [InlineData("\xEF\xBB\xBF" + "ab\xE2\x82", 5, 1, 3)]
    [InlineData("\xFF\xFE" + "a\0", 0, 1, 1)]
    [InlineData("\xED\xA0\x80", 0, 1, 1)]
    public void What_is_not_UTF8_is_refused_where_it_starts(string latin1, int offset, int line, int column)
    {
        Read(Encoding.Latin1.GetBytes(latin1)).ShouldBeNull();
        var finding = _findings.Single();
        finding.Code.ShouldBe(Codes.NotUtf8);
        finding.Fact.ShouldBe($"'{_folder.File("f")}' is not UTF-8: byte {offset} starts no valid character");
        finding.Place.ShouldBe(new Place(_folder.File("f"), line, column));
    }

    [Theory]
    [InlineData("absent.yaml", "there is no such file")]
    [InlineData("absent/absent.yaml", "there is no such file")]
    [InlineData(".", "it is a folder, or permission is denied")]
    [InlineData("a\0b", "Null character in path. (Parameter 'path')")]
    public void What_cannot_be_read_is_named_with_the_reason(string name, string reason)
    {
        var file = _folder.File(name);
        TextFile.Read(file, Limit, _findings).ShouldBeNull();
        var finding = _findings.Single();
        finding.Code.ShouldBe(Codes.Unreadable);
        finding.Fact.ShouldBe($"'{file.Replace('\0', '\uFFFD')}' cannot be read: {reason}");
        finding.Place.ShouldBe(new Place(file));
    }

    [Fact]
    public void A_name_too_long_for_the_file_system_is_a_finding()
    {
        TextFile.Read(new string('a', 5000), Limit, _findings).ShouldBeNull();
        _findings.Single().Code.ShouldBe(Codes.Unreadable);
    }

    private string? Read(byte[] content) => TextFile.Read(_folder.Write("f", content), Limit, _findings);
}
