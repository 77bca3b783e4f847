using Hydra;
using Tollgate;

return await TollgateRun.RunAsync(HydraApp.Create, args);
