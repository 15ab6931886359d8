/**
 * What must happen at once in Redis, as Lua. Keys of one journal:
 *   {prefix}e:{stream}  list of "<position>|<event>", one per entry: its length is the version
 *   {prefix}p:{stream}  hash of payloads by seq, apart from the events so that it can be erased
 *   {prefix}streams     sorted set of all stream names, for removal by prefix
 *   {prefix}log         Redis stream of {s, q}: the latest appends in order; its ids are the positions
 *   {prefix}trimmed     position at which the log begins, once it was cut
 * An entry names its position, so that a follower can tell an entry from one that replaced it after a removal.
 */
export const APPEND = `
local events, payloads, streams, log = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, expected = ARGV[1], ARGV[2]
local version = redis.call('LLEN', events)
if expected ~= 'any' and tonumber(expected) ~= version then return {0, version} end
for at = 3, #ARGV, 2 do
  version = version + 1
  local position = redis.call('XADD', log, '*', 's', name, 'q', version)
  redis.call('RPUSH', events, position .. '|' .. ARGV[at])
  if ARGV[at + 1] ~= '' then redis.call('HSET', payloads, version, ARGV[at + 1]) end
end
if #ARGV > 2 then redis.call('ZADD', streams, 0, name) end
return {1, version}
`;

/** Removes one stream, its part of the log included. */
export const REMOVE = `
local events, payloads, streams, log = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local length = redis.call('LLEN', events)
for from = 0, length - 1, 500 do
  local positions = {}
  for _, entry in ipairs(redis.call('LRANGE', events, from, from + 499)) do
    positions[#positions + 1] = string.match(entry, '^[^|]+')
  end
  redis.call('XDEL', log, unpack(positions))
end
redis.call('UNLINK', events, payloads)
redis.call('ZREM', streams, ARGV[1])
`;
