export default function Page() {
  return <h1>past</h1>;
}
