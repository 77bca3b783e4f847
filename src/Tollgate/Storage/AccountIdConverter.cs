using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tollgate.Storage;

internal sealed class AccountIdConverter()
    : ValueConverter<AccountId, string>(id => id.Value, text => new AccountId(text));
