namespace Tollgate;

/// <summary>Paths of an address that may have one of its own, as a host behind a path base.</summary>
internal static class AddressPaths
{
    /// <summary>The path below the address; an address in the path's place is itself.</summary>
    public static Uri Below(this Uri address, string path) =>
        path.StartsWith('/') ? new Uri(address, address.AbsolutePath.TrimEnd('/') + path) : new Uri(address, path);
}
