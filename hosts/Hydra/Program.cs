using Hydra;
using Tollgate;

return await HydraApp.Create(args).RunTollgateAsync(args);
