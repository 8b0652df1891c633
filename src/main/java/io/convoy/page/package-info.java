/**
 * The page of a run, one HTML file without anything beside it. Pure: from what is known of runs to
 * text; no Spark, no files.
 *
 * <p>Every name and path is untrusted: the template escapes, the data of the charts is escaped
 * JSON, the script makes text nodes, and the page's policy lets nothing run that is not convoy's
 * own.
 */
package io.convoy.page;
