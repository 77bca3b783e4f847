namespace Tollgate.Sandbox.Engine;

/// <summary>What higher levels keep beside documents: one object of a type, made when it is first asked for.</summary>
internal sealed class Companions
{
    private List<object>? made;

    public T Of<T>(Func<T> make)
        where T : class
    {
        if (OrNull<T>() is { } known)
        {
            return known;
        }

        var fresh = make();
        (made ??= []).Add(fresh);
        return fresh;
    }

    /// <summary>Null if nobody has asked for it.</summary>
    public T? OrNull<T>()
        where T : class
    {
        if (made is not null)
        {
            // every event asks: a query would allocate
            foreach (var one in made)
            {
                if (one is T known)
                {
                    return known;
                }
            }
        }

        return null;
    }
}
