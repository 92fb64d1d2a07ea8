/** The version of the contract that this client was built for. Generated. */
export const CONTRACT = "1.1.0";
