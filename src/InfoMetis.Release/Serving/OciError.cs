namespace InfoMetis.Release.Serving;

/// <summary>The errors of the distribution specification, each with the status it comes with.</summary>
internal readonly record struct OciError(int Status, string Code)
{
    public static OciError NameInvalid { get; } = new(400, "NAME_INVALID");
    public static OciError NameUnknown { get; } = new(404, "NAME_UNKNOWN");
    public static OciError DigestInvalid { get; } = new(400, "DIGEST_INVALID");
    public static OciError ManifestUnknown { get; } = new(404, "MANIFEST_UNKNOWN");
    public static OciError BlobUnknown { get; } = new(404, "BLOB_UNKNOWN");
    public static OciError Unsupported { get; } = new(405, "UNSUPPORTED");

    /// <summary>The specification has no words for these; docker-registry has.</summary>
    public static OciError PageInvalid { get; } = new(400, "PAGINATION_NUMBER_INVALID");
    public static OciError RangeInvalid { get; } = new(416, "RANGE_INVALID");
    public static OciError Unknown { get; } = new(500, "UNKNOWN");
}
