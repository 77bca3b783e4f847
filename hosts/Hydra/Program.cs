using Hydra;
using Tollgate.Hosting;

return await TollgateRun.RunAsync(HydraApp.Create, args);
