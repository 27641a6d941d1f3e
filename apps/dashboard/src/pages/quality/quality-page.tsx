export default function Page() {
  return <h1>quality</h1>;
}
