package dev.usher.sim.tla;

import dev.usher.sim.Mutant;
import dev.usher.sim.Observer;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TraceTest {
  @Test
  void x() throws Exception {
    var traces = new TreeMap<String, List<TraceEvent>>();
    for (long seed = 1; seed <= 12; seed++) {
      Narrator narrator = new Narrator(300);
      Observer.observe(seed, Mutant.NONE, narrator);
      System.out.println(
          seed
              + " "
              + narrator.events().size()
              + " "
              + narrator.events().stream().map(e -> e.node().value()).distinct().count());
      if (narrator.events().stream().map(e -> e.node().value()).distinct().count() == 3)
        traces.put("seed" + seed, narrator.events());
    }
    var verdicts = Tribunal.judge("seeds", 3, traces);
    System.out.println(verdicts.outcome().violated());
    System.out.println(verdicts.outcome().troubles());
    verdicts
        .byName()
        .forEach(
            (name, v) -> {
              System.out.println(name + " " + v + " of " + traces.get(name).size());
              if (!v.accepted()) {
                for (int i = Math.max(0, v.next() - 12);
                    i <= v.next() && i < traces.get(name).size();
                    i++) System.out.println("   " + traces.get(name).get(i).toTla());
              }
            });
  }
}
