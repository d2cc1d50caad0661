namespace InfoMetis.Release.Install;

/// <summary>The words that a receipt has for values.</summary>
public static class ReceiptWords
{
    public static string Of<T>(T value)
        where T : struct, Enum =>
        value switch
        {
            ReceiptCommand.VerifyOnly => "verify-only",
            ReceiptCommand.DryRun => "dry-run",
            _ => value.ToString().ToLowerInvariant(),
        };
}
