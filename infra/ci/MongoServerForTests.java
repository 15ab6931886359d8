import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetSocketAddress;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * A server that speaks MongoDB's protocol, for tests of the MongoDB adapter where no MongoDB can be installed.
 * Usage: java -cp JARS MongoServerForTests.java PORT FILE   (PORT 0 takes a free one)
 * Prints "listening PORT" once it accepts connections. Documents live in FILE; ends on SIGTERM, after writing it.
 * What it proves and what not: docs/decisions/0007-mongodb-compatible-server-in-ci.md
 */
class MongoServerForTests {
  /** Announced as 4.4 (wire version 9), the oldest that today's driver accepts; the library announces 8 at most. */
  private static final MongoVersion ANNOUNCED =
      new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
          return List.of(4, 4, 0);
        }

        @Override
        public int getWireVersion() {
          return 9;
        }
      };

  /** Each page of a cursor looks at all documents; with H2's own 16 MB it reads most of them from the file again. */
  private static final int CACHE_MB = 128;

  /** H2 throws away what was overwritten 45 s ago; a read that takes longer then fails with "Chunk not found". */
  private static final int LONGEST_READ_MS = 600_000;

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 2) {
      System.err.println("usage: MongoServerForTests PORT FILE");
      System.exit(2);
    }
    // Writes reach the file every 100 ms at the latest, and whole at a regular end.
    MVStore store =
        new MVStore.Builder().fileName(arguments[1]).autoCommitBufferSize(1024).cacheSize(CACHE_MB).open();
    store.setAutoCommitDelay(100);
    store.setRetentionTime(LONGEST_READ_MS);
    H2Backend backend = new H2Backend(store);
    backend.version(ANNOUNCED);
    MongoServer server = new MongoServer(backend);
    server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("listening " + server.getLocalAddress().getPort());
    Thread.currentThread().join();
  }
}
