using System.Text.Json;
using InfoMetis.Release.Install;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Verifying;

/// <summary>What was found of a receipt, for programs. docs/receipts.md describes the format.</summary>
internal static class ReceiptJson
{
    private const string ApiVersion = "infometis.io/receipt-check/v1";

    public static void Write(Utf8JsonWriter json, CheckedReceipt check, ExitCode exitCode)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", ApiVersion);
        json.WriteNumber("exitCode", (int)exitCode);
        json.WriteBoolean("proof", check.IsProof);
        json.WriteString("receipt", check.File);
        if (check.Receipt is { } receipt)
            Write(json, receipt);
        FindingJson.WriteArray(json, "findings", check.Findings);
        FindingJson.WriteArray(json, "differences", check.Differences);
        if (check.Bundle is { } bundle)
        {
            json.WritePropertyName("bundle");
            VerifyJson.Write(json, bundle, ExitCodes.Gravest(bundle.Findings, strict: false));
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Receipt receipt)
    {
        json.WriteString("name", receipt.Name);
        json.WriteString("version", receipt.Version);
        json.WriteString("platform", receipt.Platform.ToString());
        json.WriteString("k0s", receipt.K0s);
        json.WriteString("command", ReceiptWords.Of(receipt.Command));
        json.WriteString("result", ReceiptWords.Of(receipt.Result));
        json.WriteString("started", receipt.Started);
        json.WriteString("ended", receipt.Ended);
        json.WriteString("host", receipt.Host.Name);
        json.WriteString("target", receipt.Target.Kind);
        json.WriteString("place", receipt.Target.Place);
        json.WriteString("runtime", receipt.Target.Runtime);
        json.WriteString("selection", receipt.Selection);
        json.WriteNumber("images", receipt.Images.Count);
        json.WriteNumber("complete", receipt.Images.Count(image => image.IsComplete));
        json.WriteStartArray("signedBy");
        foreach (var key in receipt.Trust.Keys)
            json.WriteStringValue(key.ToString());
        json.WriteEndArray();
        FindingJson.WriteArray(json, "noted", receipt.Findings);
    }
}
