using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.Tests.Install;

namespace InfoMetis.Release.EndToEnd.Schema;

/// <summary>The schema and the reader take the same receipts.</summary>
public sealed class The_schema_of_receipts : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [SchemaFact]
    public async Task Takes_what_is_read()
    {
        var status = SampleReceipt.Small;
        status["command"] = "status";
        status["trust"] = new JsonObject { ["signed"] = false, ["keys"] = new JsonArray() };
        foreach (var key in (string[])["sums", "script", "inventory"])
            status["bundle"]![key] = "";
        status["bundle"]!["files"] = new JsonArray();

        foreach (var receipt in (string[])[SampleReceipt.Small.Text(), status.Text()])
        {
            (await BySchemaAsync(receipt)).ShouldBeEmpty();
            ByReader(receipt).ShouldBeTrue();
        }
    }

    [SchemaFact]
    public async Task Refuses_what_is_refused()
    {
        foreach (var (path, value) in SampleReceipt.Malformed)
        {
            var receipt = SampleReceipt.With(path, value);
            (await BySchemaAsync(receipt)).ShouldNotBeEmpty($"{path}: {value}");
            ByReader(receipt).ShouldBeFalse($"{path}: {value}");
        }
        foreach (var key in SampleReceipt.Small.Select(property => property.Key).ToList())
        {
            var receipt = SampleReceipt.Small;
            receipt.Remove(key);
            (await BySchemaAsync(receipt.Text())).ShouldNotBeEmpty(key);
            ByReader(receipt.Text()).ShouldBeFalse(key);
        }
    }

    private bool ByReader(string receipt) =>
        new ReleaseReceipt(_scratch.Write("receipt.json", receipt)).Alone().Receipt is not null;

    /// <summary>What is wrong, by place.</summary>
    private async Task<string> BySchemaAsync(string receipt)
    {
        var finished = await new Run(
            "python3",
            RepositoryRoot.PathOf("tests/InfoMetis.Release.EndToEnd/Bundle/validate_json.py"),
            _scratch.Write("receipt.json", receipt),
            RepositoryRoot.PathOf("docs", "schema", "receipt-v1.schema.json")
        ).ToEndAsync();
        finished.Error.ShouldBeEmpty();
        return finished.Output;
    }
}
