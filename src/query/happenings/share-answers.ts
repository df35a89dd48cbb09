/** Answers that are kept at a time; further questions are put one by one. */
const maxKept = 16

/**
 * The same questions, of which equal ones within so many milliseconds are put once: those who ask the same at the same time
 * get one answer. A question that fails is put again by the next who asks it.
 */
export function shareAnswers<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  keptMs: number,
): (question: Question) => Promise<Answer> {
  const kept = new Map<string, Promise<Answer>>()
  return (question) => {
    const name = JSON.stringify(question)
    const known = kept.get(name)
    if (known !== undefined) return known
    const answer = ask(question)
    if (kept.size >= maxKept) return answer
    kept.set(name, answer)
    const forget = (): unknown => kept.delete(name)
    answer.then(() => setTimeout(forget, keptMs).unref(), forget)
    return answer
  }
}
