/* The names that templates and teams use for headings, labels and columns. All are in the form of pm_md_normal(). */
#include "import/import_internal.h"

#include <string.h>

enum { HEADING = 1, LABEL = 2, BOTH = 3, LIKE = 4 };   /* LIKE: also where it begins or ends a longer heading */

static const struct name { const char *name; unsigned char target, where; } names[] = {
    {"last updated", PM_TO_DURATION, LABEL}, {"updated", PM_TO_DURATION, LABEL}, {"created", PM_TO_DURATION, LABEL},
    {"published", PM_TO_DURATION, LABEL}, {"last modified", PM_TO_DURATION, LABEL}, {"why it happened", PM_TO_ROOT_CAUSE, HEADING},
    {"how we fixed it", PM_TO_RESOLUTION, HEADING}, {"what we did", PM_TO_RESPONSE, HEADING}, {"how to prevent it", PM_TO_ACTIONS, HEADING},
    {"how we responded", PM_TO_RESPONSE, HEADING}, {"what will we do differently", PM_TO_ACTIONS, HEADING},
    {"how do we prevent this", PM_TO_ACTIONS, HEADING}, {"what's next", PM_TO_ACTIONS, HEADING}, {"what is next", PM_TO_ACTIONS, HEADING},
    {"moving forward", PM_TO_ACTIONS, HEADING}, {"going forward", PM_TO_ACTIONS, HEADING}, {"what we will do", PM_TO_ACTIONS, HEADING},
    {"summary", PM_TO_SUMMARY, BOTH}, {"incident summary", PM_TO_SUMMARY, BOTH | LIKE}, {"executive summary", PM_TO_SUMMARY, BOTH | LIKE},
    {"overview", PM_TO_SUMMARY, BOTH}, {"incident overview", PM_TO_SUMMARY, BOTH}, {"issue summary", PM_TO_SUMMARY, BOTH | LIKE},
    {"problem summary", PM_TO_SUMMARY, BOTH}, {"summary of impact", PM_TO_SUMMARY, BOTH}, {"tldr", PM_TO_SUMMARY, BOTH},
    {"tl;dr", PM_TO_SUMMARY, BOTH}, {"tl dr", PM_TO_SUMMARY, BOTH}, {"tl/dr", PM_TO_SUMMARY, BOTH}, {"abstract", PM_TO_SUMMARY, BOTH},
    {"description", PM_TO_SUMMARY, BOTH}, {"incident description", PM_TO_SUMMARY, BOTH}, {"default summary", PM_TO_SUMMARY, BOTH},
    {"outage description", PM_TO_SUMMARY, BOTH}, {"outage summary", PM_TO_SUMMARY, BOTH}, {"high level summary", PM_TO_SUMMARY, BOTH},
    {"postmortem summary", PM_TO_SUMMARY, BOTH}, {"post mortem summary", PM_TO_SUMMARY, BOTH}, {"synopsis", PM_TO_SUMMARY, BOTH},
    {"brief summary", PM_TO_SUMMARY, BOTH}, {"short summary", PM_TO_SUMMARY, BOTH}, {"quick summary", PM_TO_SUMMARY, BOTH},
    {"zusammenfassung", PM_TO_SUMMARY, BOTH}, {"\xE6\x91\x98\xE8\xA6\x81", PM_TO_SUMMARY, BOTH},
    {"\xE6\xA6\x82\xE8\xBF\xB0", PM_TO_SUMMARY, BOTH}, {"background", PM_TO_BACKGROUND, BOTH}, {"leadup", PM_TO_BACKGROUND, BOTH},
    {"lead up", PM_TO_BACKGROUND, BOTH}, {"context", PM_TO_BACKGROUND, BOTH}, {"architecture", PM_TO_BACKGROUND, HEADING},
    {"system overview", PM_TO_BACKGROUND, HEADING}, {"background information", PM_TO_BACKGROUND, HEADING},
    {"hintergrund", PM_TO_BACKGROUND, BOTH}, {"\xE8\x83\x8C\xE6\x99\xAF", PM_TO_BACKGROUND, BOTH},
    {"what happened", PM_TO_NARRATIVE, BOTH}, {"details", PM_TO_NARRATIVE, HEADING}, {"chain of events", PM_TO_NARRATIVE, HEADING},
    {"narrative", PM_TO_NARRATIVE, HEADING}, {"fault", PM_TO_NARRATIVE, BOTH}, {"sequence of events", PM_TO_NARRATIVE, HEADING},
    {"what do we know so far", PM_TO_NARRATIVE, HEADING}, {"incident details", PM_TO_NARRATIVE, HEADING},
    {"impact", PM_TO_IMPACT, BOTH | LIKE}, {"customer impact", PM_TO_IMPACT, BOTH | LIKE}, {"user impact", PM_TO_IMPACT, BOTH | LIKE},
    {"end user impact", PM_TO_IMPACT, BOTH | LIKE}, {"end user", PM_TO_IMPACT, HEADING}, {"impact assessment", PM_TO_IMPACT, BOTH | LIKE},
    {"impact analysis", PM_TO_IMPACT, BOTH}, {"affected users", PM_TO_IMPACT, BOTH}, {"scope of impact", PM_TO_IMPACT, BOTH},
    {"customer service/impact", PM_TO_IMPACT, BOTH}, {"customer service/ impact", PM_TO_IMPACT, BOTH},
    {"auswirkungen", PM_TO_IMPACT, BOTH}, {"auswirkung", PM_TO_IMPACT, BOTH}, {"\xE5\xBD\xB1\xE5\x93\x8D", PM_TO_IMPACT, BOTH},
    {"\xE5\xBD\xB1\xE5\x93\x8D\xE8\x8C\x83\xE5\x9B\xB4", PM_TO_IMPACT, BOTH}, {"business impact", PM_TO_BUSINESS, BOTH | LIKE},
    {"infrastructure impact", PM_TO_INFRASTRUCTURE, BOTH}, {"infrastructure", PM_TO_INFRASTRUCTURE, HEADING},
    {"impact on infrastructure", PM_TO_INFRASTRUCTURE, BOTH}, {"productivity impact", PM_TO_PRODUCTIVITY, BOTH},
    {"productivity", PM_TO_PRODUCTIVITY, HEADING}, {"impact on productivity", PM_TO_PRODUCTIVITY, BOTH},
    {"revenue impact", PM_TO_REVENUE, BOTH}, {"financial impact", PM_TO_REVENUE, BOTH}, {"cost", PM_TO_REVENUE, BOTH},
    {"revenue", PM_TO_REVENUE, BOTH}, {"revenue lost", PM_TO_REVENUE, BOTH}, {"detection", PM_TO_DETECTION, BOTH | LIKE},
    {"how was it detected", PM_TO_DETECTION, BOTH}, {"incident detected by", PM_TO_DETECTION, BOTH},
    {"detected by", PM_TO_DETECTION, BOTH}, {"how was the incident detected", PM_TO_DETECTION, BOTH},
    {"how did we detect it", PM_TO_DETECTION, BOTH}, {"how was this detected", PM_TO_DETECTION, BOTH},
    {"detection method", PM_TO_DETECTION, BOTH}, {"erkennung", PM_TO_DETECTION, BOTH}, {"trigger", PM_TO_TRIGGER, BOTH},
    {"triggers", PM_TO_TRIGGER, BOTH}, {"proximate cause", PM_TO_TRIGGER, BOTH}, {"ausl\xC3\xB6ser", PM_TO_TRIGGER, BOTH},
    {"root cause", PM_TO_ROOT_CAUSE, BOTH | LIKE}, {"root causes", PM_TO_ROOT_CAUSE, BOTH | LIKE},
    {"root cause analysis", PM_TO_ROOT_CAUSE, BOTH | LIKE}, {"rootcause", PM_TO_ROOT_CAUSE, BOTH}, {"rca", PM_TO_ROOT_CAUSE, HEADING},
    {"cause", PM_TO_ROOT_CAUSE, BOTH}, {"causes", PM_TO_ROOT_CAUSE, BOTH}, {"what went wrong and why", PM_TO_ROOT_CAUSE, HEADING},
    {"what caused the incident", PM_TO_ROOT_CAUSE, BOTH}, {"primary cause", PM_TO_ROOT_CAUSE, BOTH},
    {"primary causes", PM_TO_ROOT_CAUSE, BOTH}, {"root causes and trigger", PM_TO_ROOT_CAUSE, HEADING},
    {"root cause and trigger", PM_TO_ROOT_CAUSE, HEADING}, {"root cause and mitigation", PM_TO_ROOT_CAUSE, HEADING},
    {"root cause and resolution", PM_TO_ROOT_CAUSE, HEADING}, {"incident cause", PM_TO_ROOT_CAUSE, BOTH},
    {"what were the root causes", PM_TO_ROOT_CAUSE, HEADING}, {"what was the root cause", PM_TO_ROOT_CAUSE, HEADING},
    {"why did it happen", PM_TO_ROOT_CAUSE, HEADING}, {"why did this happen", PM_TO_ROOT_CAUSE, HEADING},
    {"cause of the outage", PM_TO_ROOT_CAUSE, HEADING}, {"cause analysis", PM_TO_ROOT_CAUSE, HEADING},
    {"what caused this", PM_TO_ROOT_CAUSE, HEADING}, {"what caused it", PM_TO_ROOT_CAUSE, HEADING},
    {"what caused the outage", PM_TO_ROOT_CAUSE, HEADING}, {"what was the cause", PM_TO_ROOT_CAUSE, HEADING},
    {"ursache", PM_TO_ROOT_CAUSE, BOTH}, {"ursachen", PM_TO_ROOT_CAUSE, BOTH}, {"grundursache", PM_TO_ROOT_CAUSE, BOTH},
    {"\xE6\xA0\xB9\xE6\x9C\xAC\xE5\x8E\x9F\xE5\x9B\xA0", PM_TO_ROOT_CAUSE, BOTH}, {"\xE5\x8E\x9F\xE5\x9B\xA0", PM_TO_ROOT_CAUSE, BOTH},
    {"\xE6\xA0\xB9\xE5\x9B\xA0", PM_TO_ROOT_CAUSE, BOTH}, {"root cause and contributing factors", PM_TO_ROOT_CAUSE, HEADING | LIKE},
    {"root causes and contributing factors", PM_TO_ROOT_CAUSE, HEADING | LIKE},
    {"root cause analysis and contributing factors", PM_TO_ROOT_CAUSE, HEADING | LIKE},
    {"contributing factors", PM_TO_CONTRIBUTING, BOTH | LIKE}, {"contributing factor", PM_TO_CONTRIBUTING, BOTH | LIKE},
    {"contributing causes", PM_TO_CONTRIBUTING, BOTH | LIKE}, {"contributing conditions", PM_TO_CONTRIBUTING, BOTH},
    {"contributing conditions analysis", PM_TO_CONTRIBUTING, BOTH}, {"secondary factors", PM_TO_CONTRIBUTING, BOTH},
    {"secondary causes", PM_TO_CONTRIBUTING, BOTH}, {"contributors and enablers", PM_TO_CONTRIBUTING, HEADING},
    {"contributors", PM_TO_CONTRIBUTING, HEADING}, {"process breakdown", PM_TO_CONTRIBUTING, BOTH},
    {"process breakdowns", PM_TO_CONTRIBUTING, BOTH}, {"5 whys", PM_TO_WHYS, HEADING | LIKE}, {"five whys", PM_TO_WHYS, HEADING | LIKE},
    {"5 why", PM_TO_WHYS, HEADING}, {"the five whys", PM_TO_WHYS, HEADING}, {"the 5 whys", PM_TO_WHYS, HEADING},
    {"why chain", PM_TO_WHYS, HEADING}, {"5 whys analysis", PM_TO_WHYS, HEADING}, {"five whys analysis", PM_TO_WHYS, HEADING},
    {"5 why's", PM_TO_WHYS, HEADING}, {"five why's", PM_TO_WHYS, HEADING},
    {"root cause identification the five whys", PM_TO_WHYS, HEADING}, {"response", PM_TO_RESPONSE, BOTH},
    {"how did we respond", PM_TO_RESPONSE, HEADING}, {"incident response", PM_TO_RESPONSE, BOTH},
    {"difficulties in handling", PM_TO_RESPONSE, HEADING}, {"incident response analysis", PM_TO_RESPONSE, HEADING},
    {"reaction", PM_TO_RESPONSE, HEADING}, {"resolution", PM_TO_RESOLUTION, BOTH}, {"recovery", PM_TO_RESOLUTION, BOTH},
    {"mitigation", PM_TO_RESOLUTION, BOTH}, {"mitigation and resolution", PM_TO_RESOLUTION, BOTH},
    {"resolution and recovery", PM_TO_RESOLUTION, BOTH}, {"remediation", PM_TO_RESOLUTION, BOTH},
    {"mitigations", PM_TO_RESOLUTION, HEADING}, {"fix", PM_TO_RESOLUTION, BOTH}, {"how was it resolved", PM_TO_RESOLUTION, BOTH},
    {"how was the incident resolved", PM_TO_RESOLUTION, BOTH}, {"how did we fix it", PM_TO_RESOLUTION, HEADING},
    {"solution", PM_TO_RESOLUTION, BOTH}, {"resolution steps", PM_TO_RESOLUTION, HEADING},
    {"mitigation steps", PM_TO_RESOLUTION, HEADING}, {"mitigation/resolution", PM_TO_RESOLUTION, BOTH},
    {"resolution/mitigation", PM_TO_RESOLUTION, BOTH}, {"l\xC3\xB6sung", PM_TO_RESOLUTION, BOTH}, {"behebung", PM_TO_RESOLUTION, BOTH},
    {"\xE8\xA7\xA3\xE5\x86\xB3\xE6\x96\xB9\xE6\xA1\x88", PM_TO_RESOLUTION, BOTH},
    {"\xE8\xA7\xA3\xE5\x86\xB3\xE6\x96\xB9\xE6\xB3\x95", PM_TO_RESOLUTION, BOTH}, {"recurrence", PM_TO_RECURRENCE, BOTH},
    {"related incidents", PM_TO_RECURRENCE, BOTH}, {"backlog check", PM_TO_BACKLOG, BOTH},
    {"how can our customers make incidents like this less impactful", PM_TO_ADVICE, HEADING},
    {"how can customers make incidents like this less impactful", PM_TO_ADVICE, HEADING}, {"advice to customers", PM_TO_ADVICE, BOTH},
    {"internal email", PM_TO_INTERNAL, HEADING}, {"internal message", PM_TO_INTERNAL, HEADING},
    {"internal communication", PM_TO_INTERNAL, HEADING}, {"external message", PM_TO_EXTERNAL, HEADING},
    {"messaging", PM_TO_EXTERNAL, HEADING}, {"status page message", PM_TO_EXTERNAL, HEADING},
    {"message to customers", PM_TO_EXTERNAL, HEADING}, {"external communication", PM_TO_EXTERNAL, HEADING},
    {"timeline", PM_TO_TIMELINE, HEADING | LIKE}, {"incident timeline", PM_TO_TIMELINE, HEADING | LIKE},
    {"time line", PM_TO_TIMELINE, HEADING | LIKE}, {"timeline of events", PM_TO_TIMELINE, HEADING | LIKE},
    {"chronology", PM_TO_TIMELINE, HEADING | LIKE}, {"timeline highlights", PM_TO_TIMELINE, HEADING},
    {"event log", PM_TO_TIMELINE, HEADING}, {"log of events", PM_TO_TIMELINE, HEADING}, {"incident log", PM_TO_TIMELINE, HEADING},
    {"timelines", PM_TO_TIMELINE, HEADING}, {"events", PM_TO_TIMELINE, HEADING}, {"zeitleiste", PM_TO_TIMELINE, HEADING},
    {"zeitverlauf", PM_TO_TIMELINE, HEADING}, {"zeitlicher ablauf", PM_TO_TIMELINE, HEADING}, {"chronologie", PM_TO_TIMELINE, HEADING},
    {"\xE6\x97\xB6\xE9\x97\xB4\xE7\xBA\xBF", PM_TO_TIMELINE, HEADING}, {"\xE6\x97\xB6\xE9\x97\xB4\xE8\xBD\xB4", PM_TO_TIMELINE, HEADING},
    {"what went well", PM_TO_WENT_WELL, HEADING | LIKE}, {"things that went well", PM_TO_WENT_WELL, HEADING | LIKE},
    {"what worked", PM_TO_WENT_WELL, HEADING}, {"what worked well", PM_TO_WENT_WELL, HEADING}, {"mitigators", PM_TO_WENT_WELL, HEADING},
    {"went well", PM_TO_WENT_WELL, HEADING | LIKE}, {"what we did well", PM_TO_WENT_WELL, HEADING},
    {"positives", PM_TO_WENT_WELL, HEADING}, {"the good", PM_TO_WENT_WELL, HEADING}, {"what did we do well", PM_TO_WENT_WELL, HEADING},
    {"what went right", PM_TO_WENT_WELL, HEADING}, {"what went wrong", PM_TO_WENT_WRONG, HEADING | LIKE},
    {"what went badly", PM_TO_WENT_WRONG, HEADING | LIKE}, {"what went poorly", PM_TO_WENT_WRONG, HEADING | LIKE},
    {"things that went poorly", PM_TO_WENT_WRONG, HEADING | LIKE}, {"things that went wrong", PM_TO_WENT_WRONG, HEADING},
    {"things that went badly", PM_TO_WENT_WRONG, HEADING}, {"what didn't go well", PM_TO_WENT_WRONG, HEADING | LIKE},
    {"what didn't go so well", PM_TO_WENT_WRONG, HEADING | LIKE}, {"what did not go well", PM_TO_WENT_WRONG, HEADING | LIKE},
    {"what could have gone better", PM_TO_WENT_WRONG, HEADING | LIKE}, {"what was difficult", PM_TO_WENT_WRONG, HEADING},
    {"learning opportunities", PM_TO_WENT_WRONG, HEADING}, {"what didn't work", PM_TO_WENT_WRONG, HEADING},
    {"what could be improved", PM_TO_WENT_WRONG, HEADING}, {"what can be improved", PM_TO_WENT_WRONG, HEADING},
    {"what can we improve", PM_TO_WENT_WRONG, HEADING}, {"what could we have done better", PM_TO_WENT_WRONG, HEADING},
    {"what didn't go right", PM_TO_WENT_WRONG, HEADING}, {"went wrong", PM_TO_WENT_WRONG, HEADING},
    {"went poorly", PM_TO_WENT_WRONG, HEADING}, {"what went less well", PM_TO_WENT_WRONG, HEADING},
    {"the bad", PM_TO_WENT_WRONG, HEADING}, {"areas for improvement", PM_TO_WENT_WRONG, HEADING},
    {"what did not work", PM_TO_WENT_WRONG, HEADING}, {"what went not so well", PM_TO_WENT_WRONG, HEADING},
    {"what could have been better", PM_TO_WENT_WRONG, HEADING}, {"where we got lucky", PM_TO_LUCKY, HEADING | LIKE},
    {"where did we get lucky", PM_TO_LUCKY, HEADING | LIKE}, {"luck", PM_TO_LUCKY, HEADING},
    {"what we got lucky with", PM_TO_LUCKY, HEADING}, {"lucky", PM_TO_LUCKY, HEADING}, {"how we got lucky", PM_TO_LUCKY, HEADING},
    {"got lucky", PM_TO_LUCKY, HEADING}, {"lessons learned", PM_TO_LEARNED, HEADING | LIKE},
    {"lessons learnt", PM_TO_LEARNED, HEADING | LIKE}, {"takeaways", PM_TO_LEARNED, HEADING}, {"key takeaways", PM_TO_LEARNED, HEADING},
    {"themes", PM_TO_LEARNED, HEADING}, {"takeaways/themes", PM_TO_LEARNED, HEADING}, {"key learnings", PM_TO_LEARNED, HEADING},
    {"learnings", PM_TO_LEARNED, HEADING}, {"lessons", PM_TO_LEARNED, HEADING}, {"lesson learned", PM_TO_LEARNED, HEADING},
    {"what we learned", PM_TO_LEARNED, HEADING}, {"what did we learn", PM_TO_LEARNED, HEADING},
    {"what have we learned", PM_TO_LEARNED, HEADING}, {"how'd we do", PM_TO_LEARNED, HEADING}, {"how did we do", PM_TO_LEARNED, HEADING},
    {"retrospective", PM_TO_LEARNED, HEADING}, {"erkenntnisse", PM_TO_LEARNED, HEADING},
    {"\xE7\xBB\x8F\xE9\xAA\x8C\xE6\x95\x99\xE8\xAE\xAD", PM_TO_LEARNED, HEADING}, {"\xE6\x80\xBB\xE7\xBB\x93", PM_TO_LEARNED, HEADING},
    {"action items", PM_TO_ACTIONS, HEADING | LIKE}, {"action item", PM_TO_ACTIONS, HEADING}, {"actions", PM_TO_ACTIONS, HEADING},
    {"follow ups", PM_TO_ACTIONS, HEADING}, {"follow up", PM_TO_ACTIONS, HEADING}, {"followups", PM_TO_ACTIONS, HEADING},
    {"followup", PM_TO_ACTIONS, HEADING}, {"follow up items", PM_TO_ACTIONS, HEADING | LIKE},
    {"follow up actions", PM_TO_ACTIONS, HEADING | LIKE}, {"corrective actions", PM_TO_ACTIONS, HEADING | LIKE},
    {"corrective action", PM_TO_ACTIONS, HEADING}, {"follow up tasks", PM_TO_ACTIONS, HEADING},
    {"corrective and preventative measures", PM_TO_ACTIONS, HEADING}, {"corrective and preventive measures", PM_TO_ACTIONS, HEADING},
    {"action items and followups", PM_TO_ACTIONS, HEADING}, {"action items and follow ups", PM_TO_ACTIONS, HEADING},
    {"corrective and preventative actions", PM_TO_ACTIONS, HEADING}, {"corrective and preventive actions", PM_TO_ACTIONS, HEADING},
    {"corrective measures", PM_TO_ACTIONS, HEADING}, {"remediations", PM_TO_ACTIONS, HEADING},
    {"remediation items", PM_TO_ACTIONS, HEADING}, {"remediation actions", PM_TO_ACTIONS, HEADING},
    {"recommendations", PM_TO_ACTIONS, HEADING}, {"next steps", PM_TO_ACTIONS, HEADING | LIKE},
    {"what happens next", PM_TO_ACTIONS, HEADING}, {"preventive actions", PM_TO_ACTIONS, HEADING | LIKE},
    {"preventative actions", PM_TO_ACTIONS, HEADING}, {"preventive measures", PM_TO_ACTIONS, HEADING},
    {"preventative measures", PM_TO_ACTIONS, HEADING}, {"outcomes/corrective actions", PM_TO_ACTIONS, HEADING},
    {"outcomes / corrective actions", PM_TO_ACTIONS, HEADING}, {"todo", PM_TO_ACTIONS, HEADING}, {"todos", PM_TO_ACTIONS, HEADING},
    {"tasks", PM_TO_ACTIONS, HEADING}, {"action plan", PM_TO_ACTIONS, HEADING}, {"actions taken", PM_TO_RESPONSE, HEADING},
    {"prevention", PM_TO_ACTIONS, HEADING}, {"remediation and follow up", PM_TO_ACTIONS, HEADING},
    {"future actions", PM_TO_ACTIONS, HEADING}, {"improvements", PM_TO_ACTIONS, HEADING},
    {"what are we doing about this", PM_TO_ACTIONS, HEADING},
    {"how are we making incidents like this less likely or less impactful", PM_TO_ACTIONS, HEADING},
    {"how are we making incidents like this less likely", PM_TO_ACTIONS, HEADING}, {"ma\xC3\x9Fnahmen", PM_TO_ACTIONS, HEADING},
    {"massnahmen", PM_TO_ACTIONS, HEADING}, {"n\xC3\xA4""chste schritte", PM_TO_ACTIONS, HEADING},
    {"\xE6\x94\xB9\xE8\xBF\x9B\xE6\x8E\xAA\xE6\x96\xBD", PM_TO_ACTIONS, HEADING},
    {"\xE5\x90\x8E\xE7\xBB\xAD\xE8\xA1\x8C\xE5\x8A\xA8", PM_TO_ACTIONS, HEADING}, {"open questions", PM_TO_QUESTIONS, HEADING},
    {"incident questions", PM_TO_QUESTIONS, HEADING}, {"questions", PM_TO_QUESTIONS, HEADING},
    {"supporting information", PM_TO_EVIDENCE, HEADING}, {"supporting documents", PM_TO_EVIDENCE, HEADING},
    {"appendix", PM_TO_EVIDENCE, HEADING}, {"links", PM_TO_EVIDENCE, HEADING}, {"references", PM_TO_EVIDENCE, HEADING},
    {"metrics", PM_TO_EVIDENCE, HEADING}, {"graphs", PM_TO_EVIDENCE, HEADING}, {"data", PM_TO_EVIDENCE, HEADING},
    {"evidence", PM_TO_EVIDENCE, HEADING}, {"related links", PM_TO_EVIDENCE, HEADING}, {"resources", PM_TO_EVIDENCE, HEADING},
    {"useful links", PM_TO_EVIDENCE, HEADING}, {"screenshots", PM_TO_EVIDENCE, HEADING}, {"related items", PM_TO_EVIDENCE, HEADING},
    {"relevant links", PM_TO_EVIDENCE, HEADING}, {"responders", PM_TO_ROLES, BOTH}, {"key roles", PM_TO_ROLES, HEADING},
    {"roles", PM_TO_ROLES, HEADING}, {"people involved", PM_TO_ROLES, BOTH}, {"names of people involved", PM_TO_ROLES, BOTH},
    {"people", PM_TO_ROLES, HEADING}, {"incident team", PM_TO_ROLES, BOTH}, {"attendees", PM_TO_ROLES, BOTH},
    {"postmortem attendees", PM_TO_ROLES, BOTH}, {"post mortem attendees", PM_TO_ROLES, BOTH}, {"participants", PM_TO_ROLES, BOTH},
    {"incident responders", PM_TO_ROLES, BOTH}, {"roles and responsibilities", PM_TO_ROLES, HEADING},
    {"incident roles", PM_TO_ROLES, HEADING}, {"involved", PM_TO_ROLES, LABEL}, {"glossary", PM_TO_GLOSSARY, HEADING},
    {"terminology", PM_TO_GLOSSARY, HEADING}, {"definitions", PM_TO_GLOSSARY, HEADING}, {"glossar", PM_TO_GLOSSARY, HEADING},
    {"title", PM_TO_TITLE, BOTH}, {"incident title", PM_TO_TITLE, LABEL}, {"incident name", PM_TO_TITLE, LABEL}, {"id", PM_TO_ID, LABEL},
    {"incident id", PM_TO_ID, LABEL}, {"incident number", PM_TO_ID, LABEL}, {"incident", PM_TO_ID, LABEL},
    {"incident no", PM_TO_ID, LABEL}, {"tracking id", PM_TO_ID, LABEL}, {"incident ticket", PM_TO_ID, LABEL},
    {"link to incident issue", PM_TO_ID, LABEL}, {"incident issue", PM_TO_ID, LABEL}, {"incident link", PM_TO_ID, LABEL},
    {"incident key", PM_TO_ID, LABEL}, {"reference number", PM_TO_ID, LABEL}, {"case number", PM_TO_ID, LABEL},
    {"issue number", PM_TO_ID, LABEL}, {"incident reference", PM_TO_ID, LABEL}, {"date", PM_TO_DATE, BOTH},
    {"incident date", PM_TO_DATE, BOTH}, {"date of incident", PM_TO_DATE, BOTH}, {"date of the incident", PM_TO_DATE, BOTH},
    {"day", PM_TO_DATE, LABEL}, {"outage date", PM_TO_DATE, LABEL}, {"datum", PM_TO_DATE, BOTH}, {"date/time", PM_TO_DATE, LABEL},
    {"date and time", PM_TO_DATE, LABEL}, {"date/time of incident", PM_TO_DATE, LABEL}, {"event date", PM_TO_DATE, LABEL},
    {"\xE6\x97\xA5\xE6\x9C\x9F", PM_TO_DATE, BOTH}, {"authors", PM_TO_AUTHORS, BOTH}, {"author", PM_TO_AUTHORS, BOTH},
    {"names", PM_TO_AUTHORS, BOTH}, {"name", PM_TO_AUTHORS, LABEL}, {"written by", PM_TO_AUTHORS, LABEL},
    {"prepared by", PM_TO_AUTHORS, LABEL}, {"reported by", PM_TO_AUTHORS, LABEL}, {"autor", PM_TO_AUTHORS, LABEL},
    {"by", PM_TO_AUTHORS, LABEL}, {"postmortem author", PM_TO_AUTHORS, LABEL}, {"report author", PM_TO_AUTHORS, LABEL},
    {"reviewers", PM_TO_REVIEWERS, BOTH}, {"reviewer", PM_TO_REVIEWERS, LABEL}, {"reviewed by", PM_TO_REVIEWERS, LABEL},
    {"owner", PM_TO_OWNER, BOTH}, {"postmortem owner", PM_TO_OWNER, BOTH}, {"post mortem owner", PM_TO_OWNER, BOTH},
    {"contact", PM_TO_OWNER, LABEL}, {"incident owner", PM_TO_OWNER, LABEL}, {"postmortem lead", PM_TO_OWNER, LABEL},
    {"document owner", PM_TO_OWNER, LABEL}, {"owner of review process", PM_TO_OWNER, LABEL}, {"dri", PM_TO_OWNER, LABEL},
    {"status", PM_TO_STATUS, BOTH}, {"report status", PM_TO_STATUS, BOTH}, {"document status", PM_TO_STATUS, LABEL},
    {"incident status", PM_TO_STATUS, LABEL}, {"state", PM_TO_STATUS, LABEL}, {"current status", PM_TO_STATUS, LABEL},
    {"postmortem status", PM_TO_STATUS, LABEL}, {"severity", PM_TO_SEVERITY, BOTH}, {"priority", PM_TO_SEVERITY, LABEL},
    {"sev", PM_TO_SEVERITY, LABEL}, {"incident severity", PM_TO_SEVERITY, BOTH}, {"impact level", PM_TO_SEVERITY, LABEL},
    {"severity level", PM_TO_SEVERITY, BOTH}, {"priority/severity", PM_TO_SEVERITY, LABEL}, {"severity/priority", PM_TO_SEVERITY, LABEL},
    {"schweregrad", PM_TO_SEVERITY, LABEL}, {"incident priority", PM_TO_SEVERITY, LABEL}, {"classification", PM_TO_SEVERITY, LABEL},
    {"sev level", PM_TO_SEVERITY, LABEL}, {"\xE4\xB8\xA5\xE9\x87\x8D\xE7\xA8\x8B\xE5\xBA\xA6", PM_TO_SEVERITY, BOTH},
    {"start time", PM_TO_STARTED, BOTH}, {"start", PM_TO_STARTED, LABEL}, {"started", PM_TO_STARTED, LABEL},
    {"started at", PM_TO_STARTED, LABEL}, {"start date/time", PM_TO_STARTED, LABEL}, {"start date", PM_TO_STARTED, LABEL},
    {"incident start", PM_TO_STARTED, LABEL}, {"incident start time", PM_TO_STARTED, LABEL}, {"impact start time", PM_TO_STARTED, LABEL},
    {"impact start", PM_TO_STARTED, LABEL}, {"began", PM_TO_STARTED, LABEL}, {"time started", PM_TO_STARTED, LABEL},
    {"incident started", PM_TO_STARTED, LABEL}, {"outage start", PM_TO_STARTED, LABEL}, {"start date and time", PM_TO_STARTED, LABEL},
    {"beginn", PM_TO_STARTED, LABEL}, {"time of incident", PM_TO_STARTED, LABEL}, {"outage start time", PM_TO_STARTED, LABEL},
    {"start of incident", PM_TO_STARTED, LABEL}, {"from", PM_TO_STARTED, LABEL}, {"duration", PM_TO_DURATION, LABEL},
    {"total duration", PM_TO_DURATION, LABEL}, {"outage duration", PM_TO_DURATION, LABEL}, {"incident duration", PM_TO_DURATION, LABEL},
    {"time", PM_TO_DURATION, LABEL}, {"when", PM_TO_DURATION, LABEL}, {"detected", PM_TO_DETECTED, LABEL},
    {"detected at", PM_TO_DETECTED, LABEL}, {"detection time", PM_TO_DETECTED, LABEL}, {"time detected", PM_TO_DETECTED, LABEL},
    {"discovered", PM_TO_DETECTED, LABEL}, {"detected on", PM_TO_DETECTED, LABEL}, {"incident detected", PM_TO_DETECTED, LABEL},
    {"time of detection", PM_TO_DETECTED, LABEL}, {"acknowledged", PM_TO_ACKNOWLEDGED, LABEL},
    {"acknowledged at", PM_TO_ACKNOWLEDGED, LABEL}, {"identified at", PM_TO_IDENTIFIED, LABEL}, {"identified", PM_TO_IDENTIFIED, LABEL},
    {"mitigated", PM_TO_MITIGATED, LABEL}, {"mitigated at", PM_TO_MITIGATED, LABEL}, {"mitigation time", PM_TO_MITIGATED, LABEL},
    {"time mitigated", PM_TO_MITIGATED, LABEL}, {"end time", PM_TO_RESOLVED, BOTH}, {"end", PM_TO_RESOLVED, LABEL},
    {"ended", PM_TO_RESOLVED, LABEL}, {"ended at", PM_TO_RESOLVED, LABEL}, {"end date", PM_TO_RESOLVED, LABEL},
    {"end date/time", PM_TO_RESOLVED, LABEL}, {"resolved", PM_TO_RESOLVED, LABEL}, {"resolved at", PM_TO_RESOLVED, LABEL},
    {"resolution time", PM_TO_RESOLVED, LABEL}, {"incident end", PM_TO_RESOLVED, LABEL}, {"incident end time", PM_TO_RESOLVED, LABEL},
    {"impact end time", PM_TO_RESOLVED, LABEL}, {"impact end", PM_TO_RESOLVED, LABEL}, {"time resolved", PM_TO_RESOLVED, LABEL},
    {"incident resolved", PM_TO_RESOLVED, LABEL}, {"outage end", PM_TO_RESOLVED, LABEL}, {"end date and time", PM_TO_RESOLVED, LABEL},
    {"ende", PM_TO_RESOLVED, LABEL}, {"resolved on", PM_TO_RESOLVED, LABEL}, {"outage end time", PM_TO_RESOLVED, LABEL},
    {"to", PM_TO_RESOLVED, LABEL}, {"closed at", PM_TO_CLOSED, LABEL}, {"closed", PM_TO_CLOSED, LABEL},
    {"services affected", PM_TO_SERVICES, BOTH}, {"affected services", PM_TO_SERVICES, BOTH}, {"service affected", PM_TO_SERVICES, BOTH},
    {"affected service", PM_TO_SERVICES, BOTH}, {"service", PM_TO_SERVICES, LABEL}, {"services", PM_TO_SERVICES, BOTH},
    {"products affected", PM_TO_SERVICES, BOTH}, {"product affected", PM_TO_SERVICES, BOTH}, {"subsystem", PM_TO_SERVICES, LABEL},
    {"components", PM_TO_SERVICES, LABEL}, {"affected components", PM_TO_SERVICES, BOTH}, {"affected systems", PM_TO_SERVICES, BOTH},
    {"systems affected", PM_TO_SERVICES, BOTH}, {"impacted services", PM_TO_SERVICES, BOTH}, {"component", PM_TO_SERVICES, LABEL},
    {"service impacted", PM_TO_SERVICES, LABEL}, {"services impacted", PM_TO_SERVICES, BOTH},
    {"customers affected", PM_TO_CUSTOMERS, LABEL}, {"users affected", PM_TO_CUSTOMERS, LABEL},
    {"accounts affected", PM_TO_CUSTOMERS, LABEL}, {"affected customers", PM_TO_CUSTOMERS, LABEL},
    {"customers impacted", PM_TO_CUSTOMERS, LABEL}, {"users impacted", PM_TO_CUSTOMERS, LABEL},
    {"impacted users", PM_TO_CUSTOMERS, LABEL}, {"number of users affected", PM_TO_CUSTOMERS, LABEL},
    {"support requests raised", PM_TO_TICKETS, LABEL}, {"tickets", PM_TO_TICKETS, LABEL}, {"support tickets", PM_TO_TICKETS, LABEL},
    {"requests affected", PM_TO_REQUESTS, LABEL}, {"requests failed", PM_TO_REQUESTS, LABEL}, {"failed requests", PM_TO_REQUESTS, LABEL},
    {"tz", PM_TO_ZONE, LABEL}, {"timezone", PM_TO_ZONE, LABEL}, {"time zone", PM_TO_ZONE, LABEL}, {"zeitzone", PM_TO_ZONE, LABEL},
    {"tags", PM_TO_LABELS, LABEL}, {"labels", PM_TO_LABELS, LABEL}, {"keywords", PM_TO_LABELS, LABEL},
    {"categories", PM_TO_LABELS, LABEL}, {"url", PM_TO_URL, LABEL}, {"meeting scheduled for", PM_TO_MEETING, LABEL},
    {"review meeting", PM_TO_MEETING, LABEL}, {"postmortem date", PM_TO_MEETING, LABEL}, {"post mortem date", PM_TO_MEETING, LABEL},
    {"postmortem meeting", PM_TO_MEETING, LABEL}, {"call recording", PM_TO_RECORDING, LABEL}, {"recording", PM_TO_RECORDING, LABEL},
    {"incident commander", PM_TO_ROLE, BOTH}, {"commander", PM_TO_ROLE, BOTH}, {"ic", PM_TO_ROLE, BOTH},
    {"incident lead", PM_TO_ROLE, BOTH}, {"incident manager", PM_TO_ROLE, BOTH}, {"sre lead", PM_TO_ROLE, BOTH},
    {"developer lead", PM_TO_ROLE, BOTH}, {"incident mgmt lead", PM_TO_ROLE, BOTH}, {"scribe", PM_TO_ROLE, BOTH},
    {"deputy", PM_TO_ROLE, BOTH}, {"communications lead", PM_TO_ROLE, BOTH}, {"comms lead", PM_TO_ROLE, BOTH},
    {"operations lead", PM_TO_ROLE, BOTH}, {"ops lead", PM_TO_ROLE, BOTH}, {"tech lead", PM_TO_ROLE, BOTH},
    {"technical lead", PM_TO_ROLE, BOTH}, {"on call", PM_TO_ROLE, BOTH}, {"oncall", PM_TO_ROLE, BOTH}, {"responder", PM_TO_ROLE, BOTH},
    {"facilitator", PM_TO_ROLE, BOTH}, {"on call engineer", PM_TO_ROLE, BOTH}, {"subject matter expert", PM_TO_ROLE, BOTH},
    {"customer liaison", PM_TO_ROLE, BOTH}, {"communications manager", PM_TO_ROLE, BOTH}};

static enum pm_target find(struct pm_str name, unsigned where)
{
    for (size_t i = 0; i < PM_ITEMS(names); i++) {
        if ((names[i].where & where) && pm_str_is(name, names[i].name))
            return (enum pm_target)names[i].target;
    }
    return PM_TO_NONE;
}

enum pm_target pm_name_of_heading(struct pm_str name) { return find(name, HEADING); }
enum pm_target pm_name_of_label(struct pm_str name) { return find(name, LABEL); }

static bool begins_or_ends(struct pm_str name, const char *part)
{
    size_t n = strlen(part);
    if (name.n <= n)
        return false;
    return (memcmp(name.p, part, n) == 0 && !pm_md_is_word(name.p[n]) && name.p[n] != '\'') ||
           (memcmp(name.p + name.n - n, part, n) == 0 && !pm_md_is_word(name.p[name.n - n - 1]));
}

enum pm_target pm_name_like_heading(struct pm_str name)
{
    enum { LONGEST = 80 };
    enum pm_target found = pm_name_of_heading(name);
    size_t longest = 0;
    for (size_t i = 0; i < PM_ITEMS(names) && !found && name.n < LONGEST; i++) {
        size_t n = strlen(names[i].name);
        if ((names[i].where & LIKE) && n > longest && begins_or_ends(name, names[i].name))
            longest = n;
    }
    for (size_t i = 0; i < PM_ITEMS(names) && longest; i++) {
        if ((names[i].where & LIKE) && strlen(names[i].name) == longest && begins_or_ends(name, names[i].name))
            return (enum pm_target)names[i].target;
    }
    return found;
}

const char *pm_target_path(enum pm_target target)
{
    static const char *const paths[PM_TO_COUNT] = {
        [PM_TO_NONE] = "sections", [PM_TO_SUMMARY] = "summary", [PM_TO_BACKGROUND] = "background", [PM_TO_NARRATIVE] = "sections",
        [PM_TO_IMPACT] = "impact.description", [PM_TO_BUSINESS] = "impact.business", [PM_TO_INFRASTRUCTURE] = "impact.infrastructure",
        [PM_TO_PRODUCTIVITY] = "impact.productivity", [PM_TO_REVENUE] = "impact.revenue.note",
        [PM_TO_DETECTION] = "detection.description", [PM_TO_TRIGGER] = "trigger", [PM_TO_RESPONSE] = "response",
        [PM_TO_RESOLUTION] = "resolution", [PM_TO_RECURRENCE] = "recurrence", [PM_TO_BACKLOG] = "backlog_check",
        [PM_TO_ADVICE] = "advice_to_customers", [PM_TO_INTERNAL] = "messaging.internal", [PM_TO_EXTERNAL] = "messaging.external",
        [PM_TO_TIMELINE] = "timeline", [PM_TO_ROOT_CAUSE] = "root_cause", [PM_TO_CONTRIBUTING] = "causes", [PM_TO_WHYS] = "five_whys",
        [PM_TO_WENT_WELL] = "lessons.went_well", [PM_TO_WENT_WRONG] = "lessons.went_wrong", [PM_TO_LUCKY] = "lessons.lucky",
        [PM_TO_LEARNED] = "lessons.learned", [PM_TO_ACTIONS] = "action_items", [PM_TO_QUESTIONS] = "questions",
        [PM_TO_EVIDENCE] = "evidence", [PM_TO_ROLES] = "roles", [PM_TO_GLOSSARY] = "glossary", [PM_TO_TITLE] = "title", [PM_TO_ID] = "id",
        [PM_TO_DATE] = "started_at", [PM_TO_AUTHORS] = "authors", [PM_TO_REVIEWERS] = "reviewers", [PM_TO_OWNER] = "owner",
        [PM_TO_STATUS] = "status", [PM_TO_SEVERITY] = "severity", [PM_TO_STARTED] = "started_at", [PM_TO_DETECTED] = "detected_at",
        [PM_TO_ACKNOWLEDGED] = "acknowledged_at", [PM_TO_IDENTIFIED] = "identified_at", [PM_TO_MITIGATED] = "mitigated_at",
        [PM_TO_RESOLVED] = "resolved_at", [PM_TO_CLOSED] = "closed_at", [PM_TO_SERVICES] = "services",
        [PM_TO_CUSTOMERS] = "impact.customers_affected", [PM_TO_TICKETS] = "impact.support_tickets",
        [PM_TO_REQUESTS] = "impact.requests_failed", [PM_TO_ZONE] = "tz", [PM_TO_LABELS] = "labels", [PM_TO_URL] = "url",
        [PM_TO_MEETING] = "review.meeting_at", [PM_TO_RECORDING] = "review.recording", [PM_TO_ROLE] = "roles",
        [PM_TO_DURATION] = "sections"};
    return paths[target];
}

/* ---- columns ---- */

struct column { const char *name; enum pm_md_column column; };

static enum pm_md_column find_column(struct pm_str name, const struct column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pm_str_is(name, columns[i].name))
            return columns[i].column;
    }
    for (size_t i = 0; i < count; i++) {   /* "time in utc", "owner name" */
        if (strlen(columns[i].name) > 2 && pm_str_starts(name, columns[i].name) && !pm_md_is_word(name.p[strlen(columns[i].name)]))
            return columns[i].column;
    }
    return PM_COL_NONE;
}

enum pm_md_column pm_name_of_event_column(struct pm_str name)
{
    static const struct column columns[] = {
        {"time", PM_COL_AT}, {"timestamp", PM_COL_AT}, {"date/time", PM_COL_AT}, {"datetime", PM_COL_AT}, {"date time", PM_COL_AT},
        {"when", PM_COL_AT}, {"date and time", PM_COL_AT}, {"time/date", PM_COL_AT}, {"utc", PM_COL_AT}, {"start", PM_COL_AT},
        {"start time", PM_COL_AT}, {"zeit", PM_COL_AT}, {"uhrzeit", PM_COL_AT}, {"at", PM_COL_AT},
        {"\xE6\x97\xB6\xE9\x97\xB4", PM_COL_AT}, {"zeitpunkt", PM_COL_AT}, {"date", PM_COL_DATE}, {"day", PM_COL_DATE},
        {"datum", PM_COL_DATE}, {"end", PM_COL_UNTIL}, {"end time", PM_COL_UNTIL}, {"until", PM_COL_UNTIL}, {"event", PM_COL_EVENT},
        {"event description", PM_COL_EVENT}, {"description", PM_COL_EVENT}, {"what", PM_COL_EVENT}, {"what happened", PM_COL_EVENT},
        {"action", PM_COL_EVENT}, {"action/ impact", PM_COL_EVENT}, {"action/impact", PM_COL_EVENT}, {"action / impact", PM_COL_EVENT},
        {"details", PM_COL_EVENT}, {"message", PM_COL_EVENT}, {"activity", PM_COL_EVENT}, {"ereignis", PM_COL_EVENT},
        {"events", PM_COL_EVENT}, {"\xE4\xBA\x8B\xE4\xBB\xB6", PM_COL_EVENT}, {"summary", PM_COL_EVENT},
        {"responsible team", PM_COL_TEAM}, {"team", PM_COL_TEAM}, {"who/what", PM_COL_TEAM}, {"who", PM_COL_TEAM}, {"actor", PM_COL_TEAM},
        {"owner", PM_COL_TEAM}, {"source", PM_COL_TEAM}, {"person", PM_COL_TEAM}, {"by", PM_COL_TEAM}, {"responsible", PM_COL_TEAM},
        {"wer", PM_COL_TEAM}, {"data link", PM_COL_EVIDENCE}, {"link", PM_COL_EVIDENCE}, {"evidence", PM_COL_EVIDENCE},
        {"source link", PM_COL_EVIDENCE}, {"links", PM_COL_EVIDENCE}, {"type", PM_COL_KIND}, {"kind", PM_COL_KIND},
        {"phase", PM_COL_KIND}, {"event type", PM_COL_KIND}, {"notes", PM_COL_NOTE}, {"note", PM_COL_NOTE}, {"comment", PM_COL_NOTE},
        {"comments", PM_COL_NOTE}};
    return find_column(name, columns, PM_ITEMS(columns));
}

enum pm_md_column pm_name_of_action_column(struct pm_str name)
{
    static const struct column columns[] = {
        {"id", PM_COL_ID}, {"ref", PM_COL_ID}, {"no", PM_COL_ID}, {"nr", PM_COL_ID}, {"", PM_COL_ID}, {"number", PM_COL_ID},
        {"action item", PM_COL_ITEM}, {"action", PM_COL_ITEM}, {"item", PM_COL_ITEM}, {"task", PM_COL_ITEM}, {"description", PM_COL_ITEM},
        {"follow up", PM_COL_ITEM}, {"recommendation", PM_COL_ITEM}, {"what", PM_COL_ITEM}, {"action items", PM_COL_ITEM},
        {"followup", PM_COL_ITEM}, {"title", PM_COL_ITEM}, {"todo", PM_COL_ITEM}, {"corrective action", PM_COL_ITEM},
        {"summary", PM_COL_ITEM}, {"improvement", PM_COL_ITEM}, {"ma\xC3\x9Fnahme", PM_COL_ITEM}, {"aufgabe", PM_COL_ITEM},
        {"remediation", PM_COL_ITEM}, {"type", PM_COL_TYPE}, {"category", PM_COL_TYPE}, {"kind", PM_COL_TYPE}, {"owner", PM_COL_OWNER},
        {"owners", PM_COL_OWNER}, {"who", PM_COL_OWNER}, {"assignee", PM_COL_OWNER}, {"responsible", PM_COL_OWNER}, {"dri", PM_COL_OWNER},
        {"assigned to", PM_COL_OWNER}, {"assigned", PM_COL_OWNER}, {"responsible person", PM_COL_OWNER}, {"verantwortlich", PM_COL_OWNER},
        {"lead", PM_COL_OWNER}, {"wer", PM_COL_OWNER}, {"due", PM_COL_DUE}, {"due date", PM_COL_DUE}, {"deadline", PM_COL_DUE},
        {"eta", PM_COL_DUE}, {"target date", PM_COL_DUE}, {"by when", PM_COL_DUE}, {"when", PM_COL_DUE}, {"date", PM_COL_DUE},
        {"target", PM_COL_DUE}, {"f\xC3\xA4llig", PM_COL_DUE}, {"bis", PM_COL_DUE}, {"frist", PM_COL_DUE}, {"priority", PM_COL_PRIORITY},
        {"prio", PM_COL_PRIORITY}, {"p", PM_COL_PRIORITY}, {"severity", PM_COL_PRIORITY}, {"priorit\xC3\xA4t", PM_COL_PRIORITY},
        {"bug", PM_COL_TRACKER}, {"tracking bug", PM_COL_TRACKER}, {"ticket", PM_COL_TRACKER}, {"jira", PM_COL_TRACKER},
        {"issue", PM_COL_TRACKER}, {"link", PM_COL_TRACKER}, {"tracking", PM_COL_TRACKER}, {"tickets", PM_COL_TRACKER},
        {"tracker", PM_COL_TRACKER}, {"pr", PM_COL_TRACKER}, {"jira ticket", PM_COL_TRACKER}, {"tracking issue", PM_COL_TRACKER},
        {"status", PM_COL_STATUS}, {"state", PM_COL_STATUS}, {"done", PM_COL_STATUS}, {"progress", PM_COL_STATUS},
        {"completed", PM_COL_STATUS}, {"notes", PM_COL_NOTE}, {"note", PM_COL_NOTE}, {"comment", PM_COL_NOTE}, {"comments", PM_COL_NOTE}};
    return find_column(name, columns, PM_ITEMS(columns));
}

/* ---- words of enumerations ---- */

struct word { const char *word, *value; };

static const char *find_word(struct pm_str word, const struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pm_str_is(word, words[i].word))
            return words[i].value;
    }
    return NULL;
}

const char *pm_word_of_event_kind(struct pm_str word)
{
    static const struct word words[] = {
        {"change", "change"}, {"deploy", "change"}, {"deployment", "change"}, {"impact start", "impact_start"},
        {"outage begins", "impact_start"}, {"outage starts", "impact_start"}, {"incident begins", "impact_start"},
        {"outage began", "impact_start"}, {"incident start", "impact_start"}, {"impact started", "impact_start"},
        {"impact begins", "impact_start"}, {"detected", "detected"}, {"detection", "detected"}, {"incident detected", "detected"},
        {"alert", "alert"}, {"acknowledged", "acknowledged"}, {"assigned", "assigned"}, {"escalated", "escalated"},
        {"escalation", "escalated"}, {"joined", "joined"}, {"hypothesis", "hypothesis"}, {"identified", "identified"},
        {"diagnosis", "identified"}, {"diagnosed", "identified"}, {"root cause identified", "identified"}, {"action", "action"},
        {"mitigated", "mitigated"}, {"mitigation", "mitigated"}, {"incident mitigated", "mitigated"}, {"communication", "communication"},
        {"comms", "communication"}, {"resolved", "resolved"}, {"resolution", "resolved"}, {"incident resolved", "resolved"},
        {"incident ends", "resolved"}, {"incident ended", "resolved"}, {"impact end", "impact_end"}, {"impact ends", "impact_end"},
        {"impact ended", "impact_end"}, {"outage ends", "impact_end"}, {"outage mitigated", "mitigated"}, {"outage ended", "impact_end"},
        {"note", "note"}};
    return find_word(word, words, PM_ITEMS(words));
}

const char *pm_word_of_action_type(struct pm_str word)
{
    static const struct word words[] = {
        {"prevent", "prevent"}, {"prevention", "prevent"}, {"preventive", "prevent"}, {"preventative", "prevent"},
        {"preventative actions", "prevent"}, {"preventive actions", "prevent"}, {"mitigate", "mitigate"}, {"mitigation", "mitigate"},
        {"mitigative", "mitigate"}, {"detect", "detect"}, {"detection", "detect"}, {"monitoring", "detect"}, {"process", "process"},
        {"repair", "repair"}, {"fix", "repair"}, {"corrective", "repair"}, {"investigate", "other"}, {"other", "other"}};
    return find_word(word, words, PM_ITEMS(words));
}

const char *pm_word_of_action_status(struct pm_str word)
{
    static const struct word words[] = {
        {"done", "done"}, {"n/a done", "done"}, {"completed", "done"}, {"complete", "done"}, {"closed", "done"}, {"finished", "done"},
        {"fixed", "done"}, {"resolved", "done"}, {"merged", "done"}, {"deployed", "done"}, {"shipped", "done"}, {"yes", "done"},
        {"x", "done"}, {"erledigt", "done"}, {"implemented", "done"}, {"released", "done"}, {"in progress", "in_progress"},
        {"wip", "in_progress"}, {"started", "in_progress"}, {"ongoing", "in_progress"}, {"in review", "in_progress"},
        {"doing", "in_progress"}, {"underway", "in_progress"}, {"in arbeit", "in_progress"}, {"inprogress", "in_progress"},
        {"open", "open"}, {"todo", "open"}, {"to do", "open"}, {"not started", "open"}, {"pending", "open"}, {"new", "open"},
        {"planned", "open"}, {"no", "open"}, {"offen", "open"}, {"backlog", "open"}, {"scheduled", "open"}, {"not done", "open"},
        {"incomplete", "open"}, {"ready", "open"}, {"proposed", "proposed"}, {"suggested", "proposed"}, {"blocked", "blocked"},
        {"on hold", "blocked"}, {"waiting", "blocked"}, {"won't do", "wont_do"}, {"wont do", "wont_do"}, {"won't fix", "wont_do"},
        {"wontfix", "wont_do"}, {"cancelled", "wont_do"}, {"canceled", "wont_do"}, {"rejected", "wont_do"}, {"dropped", "wont_do"},
        {"abandoned", "wont_do"}};
    return find_word(word, words, PM_ITEMS(words));
}

const char *pm_word_of_priority(struct pm_str word)
{
    static const struct word words[] = {
        {"p0", "p1"}, {"p1", "p1"}, {"p2", "p2"}, {"p3", "p3"}, {"p4", "p4"}, {"p5", "p5"}, {"0", "p1"}, {"1", "p1"}, {"2", "p2"},
        {"3", "p3"}, {"4", "p4"}, {"5", "p5"}, {"critical", "p1"}, {"urgent", "p1"}, {"highest", "p1"}, {"blocker", "p1"},
        {"immediate", "p1"}, {"high", "p2"}, {"high priority", "p2"}, {"medium", "p3"}, {"med", "p3"}, {"normal", "p3"},
        {"moderate", "p3"}, {"medium priority", "p3"}, {"low", "p4"}, {"low priority", "p4"}, {"lowest", "p5"}, {"hoch", "p2"},
        {"mittel", "p3"}, {"niedrig", "p4"}};
    return find_word(word, words, PM_ITEMS(words));
}
