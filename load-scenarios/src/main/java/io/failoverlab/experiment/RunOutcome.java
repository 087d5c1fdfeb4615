package io.failoverlab.experiment;

import io.failoverlab.history.History;
import io.failoverlab.verdict.Judgement;
import java.nio.file.Path;

/**
 * What a run left behind.
 *
 * @param folder with the history, the reports and the generator's files
 */
public record RunOutcome(Path folder, History history, Judgement judgement) {}
